import type { ReactNode } from "react";
import type { GapDto, UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { joinWords } from "@/lib/format/words";
import { Pill } from "../primitives/pill";
import { UnassessedList } from "./unassessed-list";

interface GapListProps {
  readonly gaps: readonly GapDto[];
  /** False where something was not assessed all the same. */
  readonly isWhole: boolean;
  /** What stands for gaps then: the controls that could not judge. */
  readonly unassessed?: readonly UnassessedDto[];
  readonly base: string;
}

/** Gaps, each with its reason and the one action that closes it. */
export function GapList({ gaps, isWhole, unassessed = [], base }: GapListProps): ReactNode {
  if (gaps.length === 0 && isWhole) return <p className="cap">Every kind of resource that the controls in scope need was read.</p>;
  if (gaps.length === 0 && unassessed.length > 0) return <UnassessedList rows={unassessed} base={base} />;
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
            {gap.action ? <b className="gap-act">{gap.action}</b> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
