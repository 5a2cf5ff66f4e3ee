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
          <Pill kind="not-assessed">
            {gap.shares.length > 0
              ? joinWords(gap.shares.map(({ layer, share }) => `${formatPercent(share)} of ${layer}`))
              : formatNoun(gap.controls, "control")}
          </Pill>
          <b>{`${joinWords(gap.kinds.slice(0, 4))}${gap.kinds.length > 4 ? ` and ${gap.kinds.length - 4} more` : ""} could not be read`}</b>
          <span>
            {gap.reason}
            {gap.action ? <b className="gap-act">{gap.action}</b> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
