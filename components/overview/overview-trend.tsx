import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatDay, type TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { findLoss, trendTitle } from "@/lib/format/layer-titles";
import { formatNoun, formatScore } from "@/lib/format/numbers";
import { LAYERS } from "@/lib/model/layer";
import { ChartFrame } from "../charts/chart-frame";
import { endWords } from "../charts/end-words";
import { whyNoScore } from "../charts/no-score";
import { silentSentence } from "../charts/silent-words";
import { TrendPanels } from "../charts/trend-panels";
import { toTrendTable } from "../charts/trend-table";
import { findCapStart, toEnds, toScores, toTrendSeries } from "../posture/to-reading";
import { trendDays } from "../posture/trend-days";

/** Are we getting better: four panels on one scale. */
export function OverviewTrend({ overview, base, zone }: { readonly overview: OverviewResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const series = LAYERS.map((layer) => {
    const start = findCapStart(layer, overview.trend);
    const loss = findLoss(toScores(toTrendSeries(layer, overview)));
    const note =
      loss !== null
        ? `no score since ${formatDay(new Date(loss), zone)}`
        : start !== null
          ? `capped at ${formatScore(start.score)} since ${formatDay(new Date(start.at), zone)}`
          : undefined;
    return toTrendSeries(layer, overview, note);
  });
  const since = overview.moment.since?.takenAt;
  const measured = spanWords(overview.moment, zone);
  const unscored = whyNoScore(series);
  return (
    <ChartFrame
      ruled
      instead={unscored}
      title={trendTitle(
        series.map((one) => ({ layer: one.layer, scores: toScores(one) })),
        zone,
      )}
      note={
        unscored === null
          ? `Band = honest interval, hatch = not assessed, ${overview.silent.length === 0 ? "" : "ruled = no snapshot, "}dots = without cap${measured === null ? "" : `, upright = ${measured.from}`}`
          : undefined
      }
      summary={`Scores of the four layers over ${formatNoun(overview.trend.length, "snapshot")}, ${trendDays(overview.trend, zone)}: ${endWords(series.map(toEnds))}.${silentSentence(overview.silent, zone)}`}
      table={toTrendTable(series, zone, (seq) => `${base}?at=${seq}`)}
    >
      <TrendPanels series={series} {...(since !== undefined && { sinceAt: since })} />
    </ChartFrame>
  );
}
