import type { ReactNode } from "react";
import type { UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";

/** Controls that could not judge every subject although what they read was there; the page of each says why. */
export function UnassessedList({ rows, base }: { readonly rows: readonly UnassessedDto[]; readonly base: string }): ReactNode {
  return (
    <ul className="gaps">
      {rows.map(({ control, title, layer, subjects, share }) => (
        <li key={control}>
          <Pill kind="not-assessed">{`${formatPercent(share)} of ${LAYER_WORDS[layer].toLowerCase()}`}</Pill>
          <PostureLink className="link" href={`${base}/controls/${control}`}>
            {title}
          </PostureLink>
          <span>{formatNoun(subjects, "subject")} could not be judged; the control says why.</span>
        </li>
      ))}
    </ul>
  );
}
