import type { ReactNode } from "react";
import type { UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";

/** As many as stand beside what they explain; the others are folded, so that the shares add up. */
const SHOWN = 4;

interface UnassessedListProps {
  readonly rows: readonly UnassessedDto[];
  readonly base: string;
}

/** Controls that could not judge every subject although what they read was there; the page of each says why. */
export function UnassessedList({ rows, base }: UnassessedListProps): ReactNode {
  const rest = rows.slice(SHOWN);
  return (
    <>
      <Lines rows={rows.slice(0, SHOWN)} base={base} />
      <p className="cap">The page of each control says why.</p>
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
      {rows.map(({ control, title, layer, subjects, share }) => (
        <li key={control}>
          <Pill kind="not-assessed">{`${formatPercent(share)} of ${LAYER_WORDS[layer].toLowerCase()}`}</Pill>
          <PostureLink className="link" href={`${base}/controls/${control}`}>
            {title}
          </PostureLink>
          <span>{formatNoun(subjects, "subject")} could not be judged</span>
        </li>
      ))}
    </ul>
  );
}
