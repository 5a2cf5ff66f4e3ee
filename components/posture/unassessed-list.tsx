import type { ReactNode } from "react";
import type { UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { moreReasonsWords } from "@/lib/format/reason-words";
import { LAYER_WORDS } from "@/lib/format/words";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";
import { ReasonLine } from "./reason-line";
import { unassessedFindings } from "./unassessed-findings";

/** As many as stand beside what they explain; the others are folded, so that the shares add up. */
export const SHOWN_UNASSESSED = 3;

interface UnassessedListProps {
  readonly rows: readonly UnassessedDto[];
  readonly base: string;
}

/** Controls that could not judge every subject, each with the reasons. */
export function UnassessedList({ rows, base }: UnassessedListProps): ReactNode {
  const rest = rows.slice(SHOWN_UNASSESSED);
  return (
    <>
      <Lines rows={rows.slice(0, SHOWN_UNASSESSED)} base={base} />
      {rest.length === 0 ? null : (
        <details className="more">
          <summary className="cap">{`${formatNoun(rest.length, "more control")}`}</summary>
          <Lines rows={rest} base={base} />
        </details>
      )}
    </>
  );
}

function Lines({ rows, base }: UnassessedListProps): ReactNode {
  return (
    <ul className="gaps brief">
      {rows.map((row) => (
        <li key={row.control}>
          <Line row={row} base={base} />
        </li>
      ))}
    </ul>
  );
}

function Line({ row, base }: { readonly row: UnassessedDto; readonly base: string }): ReactNode {
  const { control, title, layer, share, reasons, moreReasons } = row;
  const list = unassessedFindings(base, control, row);
  // A list has the subjects of all reasons: beside the figure of one of several it would not agree.
  const isOnlyReason = reasons.length + moreReasons === 1;
  const hasList = moreReasons > 0 || reasons.some(({ cause }) => cause === "control");
  return (
    <>
      <Pill kind="not-assessed">{share === 0 ? "no points" : `${formatPercent(share)} of ${LAYER_WORDS[layer].toLowerCase()}`}</Pill>
      <PostureLink className="link" href={`${base}/controls/${control}`}>
        {title}
      </PostureLink>
      {reasons.map((reason) => (
        <span key={reason.reason}>
          <ReasonLine reason={reason} base={base} findings={isOnlyReason ? list : null} of={title} />
        </span>
      ))}
      {moreReasons === 0 ? null : <span>{moreReasonsWords(moreReasons)}</span>}
      {isOnlyReason || !hasList ? null : (
        <span className="no-print">
          <PostureLink className="link" href={list}>
            See its {formatNoun(row.subjects + Number(row.isUnlisted), "finding")}
            <span className="sr">: {title}</span>
          </PostureLink>
        </span>
      )}
    </>
  );
}
