import type { ReactNode } from "react";
import type { GapDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { joinWords } from "@/lib/format/words";
import { Pill } from "../primitives/pill";

interface GapListProps {
  readonly gaps: readonly GapDto[];
  /** False where something was not assessed all the same. */
  readonly isWhole: boolean;
}

/** Gaps, each with its reason and the one action that closes it. */
export function GapList({ gaps, isWhole }: GapListProps): ReactNode {
  if (gaps.length === 0 && isWhole) return <p className="cap">Every kind of resource that the controls in scope need was read.</p>;
  if (gaps.length === 0) return <p className="cap">Some subjects could not be judged although their kind was read; their controls say why.</p>;
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
            {gap.action ? (
              <>
                {" "}
                <code>{gap.action}</code>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
