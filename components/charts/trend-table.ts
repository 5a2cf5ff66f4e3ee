import { formatInstant, type TimeZone } from "@/lib/format/instant";
import { formatInterval, formatPercent, formatScore } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import type { ChartTable } from "./chart-table";
import { withSilence } from "./silent-words";
import type { TrendPoint, TrendSeries } from "./trend-series";

/** The rows behind trend panels, newest first; the first cell opens the page as of that snapshot. */
export function toTrendTable(series: readonly TrendSeries[], zone: TimeZone, hrefOf: (seq: number) => string): ChartTable {
  const bySeq = new Map<number, { at: string; points: Map<string, TrendPoint> }>();
  for (const one of series) {
    for (const point of one.points) {
      const row = bySeq.get(point.seq) ?? { at: point.at, points: new Map() };
      row.points.set(one.layer, point);
      bySeq.set(point.seq, row);
    }
  }
  return {
    note: "Score (interval before the cap), coverage",
    columns: [{ label: "Snapshot" }, ...series.map((one) => ({ label: LAYER_WORDS[one.layer], numeric: true }))],
    rows: withSilence(
      [...bySeq].map(([seq, row]) => ({
        seq,
        href: hrefOf(seq),
        cells: [`${seq}, ${formatInstant(new Date(row.at), zone)}`, ...series.map((one) => cellOf(row.points.get(one.layer)))],
      })),
      series[0]?.silent ?? [],
      zone,
    ),
  };
}

function cellOf(point: TrendPoint | undefined): string {
  if (point === undefined || point.score === null) return point?.isEmpty === true ? (point.reason ?? "") : "not assessed";
  const interval = point.lower === null || point.upper === null ? "" : ` (${formatInterval(point.lower, point.upper)})`;
  const coverage = point.coverage === null ? "" : `, ${formatPercent(point.coverage)}`;
  return `${formatScore(point.score)}${interval}${coverage}`;
}
