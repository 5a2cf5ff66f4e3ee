import { DAY_MS } from "@/lib/model/day-ms";
import type { TrendGap } from "./trend-series";

/** As many times as long as from one scan to the next otherwise, and so that nobody takes it for a weekend. */
const TIMES = 7;
const LEAST_MS = 7 * DAY_MS;
/** Of fewer intervals none is usual. */
const FEWEST = 5;

/** Rows with one without values where a silent time begins, so that no line goes through it; it is of the snapshot before, as is every moment there. */
export function breakRows<Row extends { readonly atMs: number }>(
  rows: readonly Row[],
  silent: readonly TrendGap[],
  toBlank: (row: Row) => Row,
): readonly Row[] {
  const begins = new Set(silent.map(({ fromMs }) => fromMs));
  return rows.flatMap((row) => (begins.has(row.atMs) ? [row, { ...toBlank(row), atMs: row.atMs + 1 }] : [row]));
}

/** Times between scans that are far longer than usual, oldest first: a line through them would say that somebody had looked. */
export function findSilentTimes(points: readonly { readonly at: string }[]): readonly TrendGap[] {
  const times = points.map(({ at }) => Date.parse(at));
  const intervals = times.slice(1).map((toMs, index) => ({ fromMs: times[index] ?? toMs, toMs }));
  const lengths = intervals.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b);
  const least = Math.max(LEAST_MS, TIMES * (lengths[Math.floor(lengths.length / 2)] ?? 0));
  if (intervals.length < FEWEST) return [];
  return intervals.filter(({ fromMs, toMs }) => toMs - fromMs >= least).map(({ fromMs, toMs }) => ({ fromMs, toMs, reason: "no scan" }));
}

/** What is hatched: silent times beside those of which it is told already that nothing was assessed. */
export function joinGaps(gaps: readonly TrendGap[], silent: readonly TrendGap[]): readonly TrendGap[] {
  return [...gaps, ...silent.filter((one) => !gaps.some(({ fromMs, toMs }) => fromMs < one.toMs && one.fromMs < toMs))];
}
