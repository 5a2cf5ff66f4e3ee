import { DAY_MS } from "@/lib/model/day-ms";
import type { TrendGap } from "./trend-series";

/** As many times as long as from one scan to the next otherwise, and so that nobody takes it for a weekend. */
const TIMES = 7;
const LEAST_MS = 7 * DAY_MS;
/** Of fewer intervals none is usual. */
const FEWEST = 5;
/** What is usual is told by as many intervals before one, and after it: who scans daily from now on did not fall silent between the weekly scans before. */
const NEAR = 3;

/** Rows with one without values where a silent time begins, so that no line goes through it; it is of the snapshot before, as is every moment there. */
export function breakRows<Row extends { readonly atMs: number }>(
  rows: readonly Row[],
  silent: readonly TrendGap[],
  toBlank: (row: Row) => Row,
): readonly Row[] {
  const begins = new Set(silent.map(({ fromMs }) => fromMs));
  return rows.flatMap((row) => (begins.has(row.atMs) ? [row, { ...toBlank(row), atMs: row.atMs + 1 }] : [row]));
}

function medianOf(lengths: readonly number[]): number {
  return [...lengths].sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
}

/** Times between scans that are far longer than usual, oldest first: a line through them would say that somebody had looked. */
export function findSilentTimes(points: readonly { readonly at: string }[]): readonly TrendGap[] {
  const times = points.map(({ at }) => Date.parse(at));
  const intervals = times.slice(1).map((toMs, index) => ({ fromMs: times[index] ?? toMs, toMs }));
  if (intervals.length < FEWEST) return [];
  const lengths = intervals.map(({ fromMs, toMs }) => toMs - fromMs);
  return intervals.flatMap((interval, index) => {
    const usual = Math.max(medianOf(lengths.slice(Math.max(0, index - NEAR), index)), medianOf(lengths.slice(index + 1, index + 1 + NEAR)));
    return interval.toMs - interval.fromMs < Math.max(LEAST_MS, TIMES * usual) ? [] : [{ ...interval, reason: "no scan" }];
  });
}

/** Those of a picture that are drawn while none beside them is: neither a line nor an area has room for one moment. */
export function findAlone<Row>(rows: readonly Row[], isDrawn: (row: Row) => boolean): readonly Row[] {
  const has = (row: Row | undefined): boolean => row !== undefined && isDrawn(row);
  return rows.filter((row, index) => has(row) && !has(rows[index - 1]) && !has(rows[index + 1]));
}

/** What is hatched: silent times beside those of which it is told already that nothing was assessed. */
export function joinGaps(gaps: readonly TrendGap[], silent: readonly TrendGap[]): readonly TrendGap[] {
  return [...gaps, ...silent.filter((one) => !gaps.some(({ fromMs, toMs }) => fromMs < one.toMs && one.fromMs < toMs))];
}
