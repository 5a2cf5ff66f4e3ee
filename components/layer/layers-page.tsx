import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { formatCount, formatLayerScore, formatNoun, formatPercent } from "@/lib/format/numbers";
import { othersSentence } from "@/lib/format/posture-titles";
import { hasNothingToJudge } from "@/lib/model/layer";
import { ScoreLine } from "../charts/score-line";
import { CapReason } from "../posture/cap-reason";
import { overviewAnswer } from "../posture/overview-answer";
import { OverviewTrend } from "../overview/overview-trend";
import { toReading } from "../posture/to-reading";
import { WayToScore } from "../posture/way-to-score";
import { LayerTag } from "../primitives/layer-tag";
import { LinkTabs } from "../primitives/link-tabs";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";

/** "1 critical, 36 high open · coverage 98 %"; no zero stands for what nobody could count. */
function countsOf(score: OverviewResponse["layers"][number]): string {
  const { critical, high } = score.open;
  return [
    score.score === null && critical + high === 0 ? null : `${formatCount(critical)} critical, ${formatCount(high)} high open`,
    hasNothingToJudge(score) ? null : `coverage ${formatPercent(score.coverage)}`,
    score.switchedOff === 0 ? null : `${formatNoun(score.switchedOff, "control")} off`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

/** The four layers beside each other: each number on its line, then all of them over time. */
export function LayersPage({ overview, base, zone }: { readonly overview: OverviewResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const { layers, moment } = overview;
  const readings = layers.map(toReading);
  const baseline = spanWords(moment, zone)?.from ?? "the baseline";
  return (
    <>
      <PageHead
        answer={overviewAnswer(overview, zone)}
        sub={
          <>
            <CapReason overview={overview} base={base} />
            <WayToScore overview={overview} base={base} />
            {othersSentence(readings)}
          </>
        }
      />
      <LinkTabs
        label="Layer"
        tabs={layers.map((score) => ({
          href: `${base}/layers/${score.layer}`,
          label: <LayerTag layer={score.layer} />,
          count: formatLayerScore(score),
          current: false,
        }))}
      />
      <ul className="four-lines">
        {layers.map((score, index) => {
          const reading = readings[index];
          return reading === undefined ? null : (
            <li key={score.layer}>
              <div className="sec-h">
                <h2 className="sec-t">
                  <PostureLink href={`${base}/layers/${score.layer}`}>
                    <LayerTag layer={score.layer} />
                  </PostureLink>
                </h2>
                <span className="cap">{countsOf(score)}</span>
              </div>
              <ScoreLine reading={reading} baseline={baseline} />
            </li>
          );
        })}
      </ul>
      <OverviewTrend overview={overview} base={`${base}/layers`} zone={zone} />
      <PageFoot parts={moment.at ? [moment.at] : []} />
    </>
  );
}
