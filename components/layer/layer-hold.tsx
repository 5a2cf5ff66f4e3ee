import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import { openSentence } from "@/lib/format/layer-titles";
import { formatCount, formatNoun, formatPercent, formatPointChange, formatScore } from "@/lib/format/numbers";
import { objectWords, resourcePath, workloadFindings } from "@/lib/format/paths";
import { plural } from "@/lib/format/plural";
import { hasNothingToJudge } from "@/lib/model/layer";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { NotAssessedList } from "../posture/not-assessed-list";
import { SwitchedOff } from "../posture/switched-off";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { standingOf } from "./tally-controls";

/** The cap of a layer with an open high finding, when it is the next one. */
const NEXT_CAP = 89;

function Cap({ answer, base }: { readonly answer: LayerResponse; readonly base: string }): ReactNode {
  const { layer: score } = answer;
  if (hasNothingToJudge(score)) return <p>There is nothing to judge in this layer, so it has no score, not a good one.</p>;
  if (score.capReason === null)
    return (
      <p>
        {score.score === null ? "No critical and no high finding is known to be open." : "No critical and no high finding is open, so nothing caps the score."}
      </p>
    );
  const severity = score.capReason;
  return (
    <>
      <p>
        <SeverityTag severity={severity}>{openSentence(score.open[severity], severity)}</SeverityTag>:{" "}
        {score.score === null
          ? `while that is so, no score of this layer can exceed ${score.cap}.`
          : score.isCapped
            ? `while that is so, the layer stays at ${score.cap}.`
            : `that caps the layer at ${score.cap}, which it does not reach.`}
      </p>
      <p className="no-print">
        <PostureLink
          className="link"
          href={workloadFindings(base, `layer=${score.layer}&severity=${severity}`)}
        >{`See the ${severity} ${plural(score.open[severity], "finding")}`}</PostureLink>
      </p>
      {score.isCapped && severity === "critical" && score.open.high > 0 ? (
        <p>{`Next cap: ${NEXT_CAP}, because ${formatNoun(score.open.high, "high finding")} ${plural(score.open.high, "is", "are")} open.`}</p>
      ) : null}
    </>
  );
}

function OnlyObject({ object, base }: { readonly object: ResourceRef; readonly base: string }): ReactNode {
  const { kind, name } = objectWords(object);
  return (
    <>
      : {kind}{" "}
      <PostureLink className="link mono" href={resourcePath(slugOf(base), object)}>
        {name}
      </PostureLink>
    </>
  );
}

function FixFirst({ answer, base }: { readonly answer: LayerResponse; readonly base: string }): ReactNode {
  const best = answer.controls.reduce<LayerResponse["controls"][number] | null>((a, b) => (b.gain > (a?.gain ?? 0.004) ? b : a), null);
  if (!best) return null;
  return (
    <p>
      Best single fix:{" "}
      <PostureLink className="link" href={`${base}/controls/${best.control}`}>
        {best.title}
      </PostureLink>
      , {formatPointChange(best.gain, 2)}
      {best.object === null ? null : <OnlyObject object={best.object} base={base} />}.
    </p>
  );
}

/** What caps the score. */
export function LayerHold({ answer, base }: { readonly answer: LayerResponse; readonly base: string }): ReactNode {
  const { layer: score } = answer;
  const title = score.isCapped && score.score !== null ? `What caps it at ${formatScore(score.score)}` : "What could cap it";
  return (
    <Section ruled={false} className="lift" title={title}>
      <Cap answer={answer} base={base} />
      <FixFirst answer={answer} base={base} />
    </Section>
  );
}

/** What of the layer was not assessed. */
export function LayerNotAssessed({ answer, base }: { readonly answer: LayerResponse; readonly base: string }): ReactNode {
  const { layer: score, gaps } = answer;
  const notAssessed = answer.unassessed.length;
  // The sentence under the title counts those among the failing ones.
  const failing = new Set(answer.controls.filter((row) => standingOf(row) === "failing").map((row) => row.control));
  const failingToo = answer.unassessed.filter((row) => failing.has(row.control)).length;
  return (
    <Section
      title={
        score.coverage >= 1
          ? hasNothingToJudge(score)
            ? "Nothing was missed"
            : "Everything in scope was assessed"
          : `Not assessed in full: ${notAssessed > 0 ? `${formatNoun(notAssessed, "control")}, ` : ""}${failingToo > 0 ? `${formatCount(failingToo)} of them failing, ` : ""}${formatPercent(1 - score.coverage)} of the weight`
      }
      note={
        <PostureLink className="link no-print" href={`${base}/sources`}>
          Sources
        </PostureLink>
      }
    >
      <NotAssessedList gaps={gaps} unassessed={answer.unassessed} base={base} />
      <SwitchedOff sources={answer.switchedOff} base={base} />
    </Section>
  );
}
