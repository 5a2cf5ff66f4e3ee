import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import { costNote, costTitle } from "@/lib/format/chart-titles";
import type { LayerTally } from "@/lib/format/layer-titles";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { CostTable } from "./cost-table";
import { tallyControls, toCosts } from "./tally-controls";

/** "41 controls pass; 2 were not assessed in full." */
function clearSentence({ passing, notAssessed }: LayerTally): string {
  const passes = passing === 0 ? "No control passes either" : `${formatNoun(passing, "control")} ${plural(passing, "passes", "pass")}`;
  return notAssessed === 0 ? `${passes}.` : `${passes}; ${formatCount(notAssessed)} ${plural(notAssessed, "was", "were")} not assessed in full.`;
}

interface LayerControlsProps {
  readonly answer: LayerResponse;
  readonly base: string;
  readonly here: string;
  readonly showsAll: boolean;
}

/** Controls by cost: what the missing points are made of. */
export function LayerControls({ answer, base, here, showsAll }: LayerControlsProps): ReactNode {
  const costs = toCosts(answer.controls);
  const isAllClear = !showsAll && costs.failing.length + costs.cleared.length === 0;
  const tally = tallyControls(answer.controls);
  return (
    <Section
      ruled={false}
      title={costTitle(
        costs.failing.map((row) => row.cost),
        tally.notAssessed === 0,
      )}
      note={isAllClear ? undefined : costNote(answer.layer)}
    >
      {answer.controls.length === 0 ? (
        <p className="cap">No control of this layer was judged in this snapshot.</p>
      ) : isAllClear ? (
        <Message say={tally.passing === 0 && tally.notAssessed > 0 ? "Nothing is known to fail here" : "Nothing fails here"}>{clearSentence(tally)}</Message>
      ) : (
        <CostTable costs={costs} base={base} here={here} showsAll={showsAll} />
      )}
      <p className="cap foot-note">
        {isAllClear ? null : (
          <span className="gain-is">
            Gain = points won by fixing all of it, cap included.{" "}
            {costs.hasBefore ? "Change = points won (+) or lost (−) since the earlier moment, before the cap. " : null}
          </span>
        )}
        {answer.rolledUp === 0
          ? null
          : `${formatNoun(answer.rolledUp, "more finding")} ${plural(answer.rolledUp, "is", "are")} of controls that sum up others by Pod Security level: they cost nothing, and are not counted here. `}
        {showsAll ? (
          <PostureLink className="link no-print" href={here} scroll={false}>
            Show only what costs the most
          </PostureLink>
        ) : (
          <PostureLink className="link no-print" href={`${here}?all=true`} scroll={false}>
            Show what passes and what was not assessed too
          </PostureLink>
        )}
      </p>
    </Section>
  );
}
