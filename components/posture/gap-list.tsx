import type { ReactNode } from "react";
import type { GapDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { joinWords } from "@/lib/format/words";
import { Pill } from "../primitives/pill";

/** Gaps, each with its reason and the one action that closes it. */
export function GapList({ gaps }: { readonly gaps: readonly GapDto[] }): ReactNode {
  return (
    <ul className="gaps">
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
