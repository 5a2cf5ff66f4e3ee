import clsx from "clsx";
import type { ReactNode } from "react";
import type { GapDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { joinWords } from "@/lib/model/join-words";
import { Pill } from "../primitives/pill";
import { CommonAction, findCommonAction } from "./common-action";

const MANY = 3;

/** More than one column beside something else can take: they stand beside each other, across the page. */
export const areManyGaps = (gaps: readonly GapDto[]): boolean => gaps.length > MANY;

interface GapListProps {
  readonly gaps: readonly GapDto[];
  /** As many as have room. */
  readonly shown?: number;
}

/** Gaps, each with its reason and the one action that closes it, which is said once where it is the same for all, also those not shown. */
export function GapList({ gaps, shown = gaps.length }: GapListProps): ReactNode {
  const visible = gaps.slice(0, shown);
  const common = findCommonAction(gaps);
  return (
    <>
      {common === null ? null : <CommonAction action={common} />}
      <ul className={clsx("gaps", areManyGaps(visible) && "many")}>
        {visible.map((gap) => (
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
              {gap.action && common === null ? <b className="gap-act">{gap.action}</b> : null}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
