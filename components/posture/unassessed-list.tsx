import type { ReactNode } from "react";
import type { UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { moreReasonsWords } from "@/lib/format/reason-words";
import { LAYER_WORDS } from "@/lib/format/words";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";
import { ReasonLine, unassessedFindings } from "./reason-line";

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
    <ul className="gaps">
      {rows.map(({ control, title, layer, share, reasons, moreReasons }) => (
        <li key={control}>
          <Pill kind="not-assessed">{share === 0 ? "no points" : `${formatPercent(share)} of ${LAYER_WORDS[layer].toLowerCase()}`}</Pill>
          <PostureLink className="link" href={`${base}/controls/${control}`}>
            {title}
          </PostureLink>
          {reasons.map((reason) => (
            <span key={reason.reason}>
              <ReasonLine reason={reason} base={base} findings={unassessedFindings(base, control, [reason])} of={title} />
            </span>
          ))}
          {moreReasons === 0 ? null : <span>{moreReasonsWords(moreReasons)}</span>}
        </li>
      ))}
    </ul>
  );
}
