import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatDate, formatDay } from "@/lib/format/instant";
import { findLoss, trendTitle } from "@/lib/format/layer-titles";
import { formatNoun, formatScore } from "@/lib/format/numbers";
import { LAYERS } from "@/lib/model/layer";
import { ChartFrame } from "../charts/chart-frame";
import { TrendPanels } from "../charts/trend-panels";
import { toTrendTable } from "../charts/trend-table";
import { findCapStart, toScores, toTrendSeries } from "../posture/to-reading";

function spanWords(trend: OverviewResponse["trend"]): string {
  const [first, last] = [trend[0], trend.at(-1)];
  return first && last ? `${formatDay(new Date(first.takenAt))} to ${formatDate(new Date(last.takenAt))}` : "";
}

/** Are we getting better: four panels on one scale. */
export function OverviewTrend({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  const series = LAYERS.map((layer) => {
    const start = findCapStart(layer, overview.trend);
    const loss = findLoss(toScores(toTrendSeries(layer, overview.trend)));
    const note =
      loss !== null
        ? `no score since ${formatDay(new Date(loss))}`
        : start !== null
          ? `held at ${formatScore(start.score)} since ${formatDay(new Date(start.at))}`
          : undefined;
    return toTrendSeries(layer, overview.trend, note);
  });
  const since = overview.moment.since?.takenAt;
  return (
    <ChartFrame
      ruled
      title={trendTitle(series.map((one) => ({ layer: one.layer, scores: toScores(one) })))}
      note={`Band = honest interval, hatch = not assessed, dots = without cap${since === undefined ? "" : `, upright = ${formatDay(new Date(since))}`}`}
      summary={`Scores of the four layers over ${formatNoun(overview.trend.length, "snapshot")}, ${spanWords(overview.trend)}.`}
      table={toTrendTable(series, (seq) => `${base}?at=${seq}`)}
    >
      <TrendPanels series={series} {...(since !== undefined && { sinceAt: since })} />
    </ChartFrame>
  );
}
