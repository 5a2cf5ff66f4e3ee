import type { ReactNode } from "react";
import { type LayerResponse, TREND_DAYS } from "@/lib/contracts/overview";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { layerMoveTitle, layerTrendTitle } from "@/lib/format/layer-titles";
import { formatNoun } from "@/lib/format/numbers";
import { ChartFrame } from "../charts/chart-frame";
import { endWords } from "../charts/end-words";
import { LayerTrend } from "../charts/layer-trend";
import { whyNoScore } from "../charts/no-score";
import { silentSentence } from "../charts/silent-words";
import { toTrendTable } from "../charts/trend-table";
import { Waterfall } from "../charts/waterfall";
import { isStill } from "../charts/waterfall-scale";
import { MoveFrame } from "../posture/move-frame";
import { hasBothEnds, toEnds, toScores, toTrendSeries, toWaterfallSteps } from "../posture/to-reading";
import { trendDays } from "../posture/trend-days";
import { LinkTabs } from "../primitives/link-tabs";

const RANGE_WORDS: Readonly<Record<(typeof TREND_DAYS)[number], string>> = { 7: "7 d", 30: "30 d", 90: "90 d", 365: "1 year" };

/** Are we getting better, and why did it move. */
export function LayerMoves({ answer, here, zone }: { readonly answer: LayerResponse; readonly here: string; readonly zone: TimeZone }): ReactNode {
  const { layer: score, moment, trend } = answer;
  const waterfall = answer.waterfall && hasBothEnds(answer.waterfall) ? answer.waterfall : null;
  const series = toTrendSeries(score.layer, answer);
  const unscored = whyNoScore([series]);
  const ranges = TREND_DAYS.map((days) => ({ href: `${here}?days=${days}`, label: RANGE_WORDS[days], current: days === answer.trendDays }));
  const measured = spanWords(moment, zone);
  const allSteps = waterfall && score.score !== null && measured !== null ? toWaterfallSteps(waterfall, measured, score.raw) : null;
  const steps = allSteps === null || isStill(allSteps) ? null : allSteps;
  return (
    <div className="sec cols">
      <ChartFrame
        className={steps ? "c8" : "c12"}
        title={layerTrendTitle(toScores(series), zone)}
        instead={unscored}
        note={
          <>
            <LinkTabs kind="seg" label="Range of the trend" tabs={ranges} />{" "}
            {unscored === null ? <span className="only-desk">{`Band = honest interval${measured === null ? "" : `, upright = ${measured.from}`}`}</span> : null}
          </>
        }
        summary={`The score over ${formatNoun(trend.length, "snapshot")}, ${trendDays(trend, zone)}: ${endWords([toEnds(series)])}.${silentSentence(answer.silent, zone)}`}
        table={toTrendTable([series], zone, (seq) => `${here}?at=${seq}`)}
      >
        <LayerTrend
          series={series}
          events={answer.markers.map(({ takenAt, label }) => ({ at: takenAt, label }))}
          {...(moment.since && { sinceAt: moment.since.takenAt })}
        />
        {answer.silent.length === 0 ? null : <p className="cap">Hatch = not assessed, ruled = no snapshot.</p>}
      </ChartFrame>
      {steps && waterfall && measured ? (
        <MoveFrame className="c4" waterfall={waterfall} steps={steps} title={layerMoveTitle(measured.from, waterfall.from, waterfall.to)} note="Points">
          <Waterfall steps={steps} rowHeight={22} />
        </MoveFrame>
      ) : null}
    </div>
  );
}
