import clsx from "clsx";
import type { ReactNode } from "react";
import type { GapDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { joinWords } from "@/lib/format/words";
import { Pill } from "../primitives/pill";

const MANY = 3;

/** More than one column beside something else can take: they stand beside each other, across the page. */
export const areManyGaps = (gaps: readonly GapDto[]): boolean => gaps.length > MANY;

/** Gaps, each with its reason and the one action that closes it. */
export function GapList({ gaps }: { readonly gaps: readonly GapDto[] }): ReactNode {
  return (
    <ul className={clsx("gaps", areManyGaps(gaps) && "many")}>
      {gaps.map((gap) => (
        <li key={gap.kinds.join(" ")}>
          <span className="shares">
            {gap.shares.map(({ layer, share }) => (
              <Pill key={layer} kind="not-assessed">{`${formatPercent(share)} of ${layer}`}</Pill>
            ))}
            {gap.shares.length === 0 ? <Pill kind="not-assessed">{formatNoun(gap.controls, "control")}</Pill> : null}
          </span>
          <b>{`${joinWords(gap.kinds, 4)} could not be read`}</b>
          <span>
            {gap.reason}
            {gap.action ? <b className="gap-act">{gap.action}</b> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
