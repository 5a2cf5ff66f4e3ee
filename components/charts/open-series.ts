import { SEVERITIES, type Severity } from "@/lib/model/severity";
import type { TrendGap } from "./trend-series";

/** Open findings at one snapshot; `counts` null = nothing was assessed then. */
export interface OpenPoint {
  readonly seq: number;
  readonly at: string;
  readonly counts: Readonly<Record<Severity, number>> | null;
}

/** Findings opened and closed between two instants. */
export interface FlowBin {
  readonly fromAt: string;
  readonly toAt: string;
  readonly opened: number;
  readonly closed: number;
}

export interface OpenRow {
  readonly atMs: number;
  readonly point: OpenPoint;
  readonly critical: number | null;
  readonly high: number | null;
  readonly medium: number | null;
  readonly low: number | null;
  readonly info: number | null;
}

export function toOpenRows(points: readonly OpenPoint[]): readonly OpenRow[] {
  return points.map((point): OpenRow => {
    const count = (severity: Severity): number | null => point.counts?.[severity] ?? null;
    return {
      atMs: Date.parse(point.at),
      point,
      critical: count("critical"),
      high: count("high"),
      medium: count("medium"),
      low: count("low"),
      info: count("info"),
    };
  });
}

/** Those that are drawn on each other, the lowest first. */
export const STACKED: readonly Exclude<Severity, "critical">[] = ["info", "low", "medium", "high"];

/** Highest stack without criticals, which have a lane of their own. */
export function stackMax(points: readonly OpenPoint[]): number {
  return Math.max(0, ...points.map(({ counts }) => (counts === null ? 0 : SEVERITIES.reduce((sum, s) => (s === "critical" ? sum : sum + counts[s]), 0))));
}

export function criticalMax(points: readonly OpenPoint[]): number {
  return Math.max(0, ...points.map(({ counts }) => counts?.critical ?? 0));
}

export interface SeverityLabel {
  readonly severity: Severity;
  readonly count: number;
  readonly y: number;
}

/** Beside the middle of each area, however thin: together they are all that is drawn. */
export function stackLabels(row: Pick<OpenRow, Exclude<Severity, "critical">>, y: (value: number) => number): readonly SeverityLabel[] {
  let base = 0;
  return STACKED.map((severity) => {
    const count = row[severity] ?? 0;
    base += count;
    return { severity, count, y: y(base - count / 2) };
  }).filter((label) => label.count > 0);
}

/** Moves label positions apart, keeping their order, so that each has `gap` px and none is below `bottom`. */
export function spreadLabels(ys: readonly number[], gap: number, bottom: number): readonly number[] {
  const order = ys.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k += 1) {
    const [above, here] = [order[k - 1], order[k]];
    if (above !== undefined && here !== undefined && here.y < above.y + gap) here.y = above.y + gap;
  }
  let lowest = bottom;
  for (const label of order.reverse()) {
    label.y = Math.min(label.y, lowest);
    lowest = label.y - gap;
  }
  const placed = [...ys];
  for (const { y, index } of order) placed[index] = y;
  return placed;
}

/** Hatches for runs without counts. */
export function findOpenGaps(points: readonly OpenPoint[]): readonly TrendGap[] {
  const gaps: TrendGap[] = [];
  points.forEach((point, index) => {
    if (point.counts !== null) return;
    const before = points[index - 1];
    const after = points[index + 1];
    gaps.push({ fromMs: Date.parse((before ?? point).at), toMs: Date.parse((after ?? point).at), reason: "not assessed" });
  });
  return gaps;
}
