import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { layerSentence } from "@/lib/format/layer-titles";
import { formatLayerScore, formatPercent } from "@/lib/format/numbers";
import { layerTitle } from "@/lib/format/posture-titles";
import { LAYER_WORDS } from "@/lib/format/words";
import { hasNothingToJudge } from "@/lib/model/layer";
import { ScoreLine } from "../charts/score-line";
import { toCapHolder, toReading } from "../posture/to-reading";
import { LayerTag } from "../primitives/layer-tag";
import { LinkTabs } from "../primitives/link-tabs";
import { PageHead } from "../primitives/page-head";
import { areManyGaps } from "../posture/gap-list";
import { SHOWN_UNASSESSED } from "../posture/unassessed-list";
import { PageFoot } from "../shell/page-foot";
import { SHOWN_CONTROLS } from "./cost-table";
import { LayerControls } from "./layer-controls";
import { LayerMoves } from "./layer-moves";
import { LayerNamespaces } from "./layer-namespaces";
import { LayerHold, LayerNotAssessed } from "./layer-hold";
import { tallyControls } from "./tally-controls";

interface LayerPageProps {
  readonly answer: LayerResponse;
  readonly base: string;
  /** Every control, not only those that cost the most. */
  readonly showsAll: boolean;
  readonly zone: TimeZone;
}

/** Lines of the table of controls, against those of what stands beside it: what was not assessed takes about three of them each. */
function namespacesGoLeft(answer: LayerResponse, showsAll: boolean): boolean {
  const lines = showsAll ? answer.controls.length : Math.min(SHOWN_CONTROLS, tallyControls(answer.controls).failing);
  return !areManyGaps(answer.gaps) && lines <= 4 + 3 * (answer.gaps.length + Math.min(SHOWN_UNASSESSED, answer.unassessed.length));
}

const isHeld = ({ score, raw }: LayerResponse["layer"]): boolean => score !== null && raw !== null && Math.round(raw) > Math.round(score);

function baselineOf(moment: LayerResponse["moment"], zone: TimeZone): string {
  return spanWords(moment, zone)?.from ?? "the baseline";
}

/** The title of the page. */
export function layerAnswer({ layer: score, moment }: LayerResponse, zone: TimeZone): string {
  return layerTitle(toReading(score), isHeld(score) ? toCapHolder(score) : null, baselineOf(moment, zone));
}

/** How the number of one layer is made. */
export function LayerPage({ answer, base, showsAll, zone }: LayerPageProps): ReactNode {
  const { layer: score, moment } = answer;
  const reading = toReading(score);
  const here = `${base}/layers/${score.layer}`;
  const hasScore = score.score !== null;
  const isWide = namespacesGoLeft(answer, showsAll);
  const notAssessed = <LayerNotAssessed answer={answer} base={base} />;
  return (
    <>
      <PageHead answer={layerAnswer(answer, zone)} sub={layerSentence(tallyControls(answer.controls), { ...score, capped: score.isCapped, hasScore })} />
      <LinkTabs
        label="Layer"
        tabs={answer.others.map((other) => ({
          href: `${base}/layers/${other.layer}`,
          label: <LayerTag layer={other.layer} />,
          count: formatLayerScore(other),
          current: other.layer === score.layer,
        }))}
      />
      <div className="made">
        <ScoreLine reading={reading} baseline={baselineOf(moment, zone)} />
      </div>
      <LayerMoves answer={answer} here={here} zone={zone} />
      <div className="sec cols made-of">
        <div className="c8 stack">
          <LayerControls answer={answer} base={base} here={here} showsAll={showsAll} />
          {isWide ? <LayerNamespaces answer={answer} base={base} isWide /> : null}
        </div>
        <div className="c4 stack">
          <LayerHold answer={answer} base={base} />
          {areManyGaps(answer.gaps) ? null : notAssessed}
          {isWide ? null : <LayerNamespaces answer={answer} base={base} />}
        </div>
      </div>
      {areManyGaps(answer.gaps) ? notAssessed : null}
      <PageFoot
        parts={[
          `${LAYER_WORDS[score.layer]} layer`,
          ...(moment.at ? [moment.at] : []),
          ...(hasNothingToJudge(score) ? [] : [`coverage ${formatPercent(score.coverage)}`]),
          "workload scope",
        ]}
      />
    </>
  );
}
