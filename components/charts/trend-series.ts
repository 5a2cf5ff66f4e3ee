import type { SilentTimeDto } from "@/lib/contracts/score";
import type { Layer } from "@/lib/model/layer";

/** One snapshot of one layer. `score` null = not assessed, not enough evidence or nothing to judge. */
export interface TrendPoint {
  readonly seq: number;
  /** ISO instant. */
  readonly at: string;
  readonly score: number | null;
  /** Score and interval without the cap. */
  readonly raw: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** 0..1 */
  readonly coverage: number | null;
  /** Why there is no score. */
  readonly reason?: string;
  /** There is none because there was nothing to judge: nothing was missed. */
  readonly isEmpty?: boolean;
}

export interface TrendSeries {
  readonly layer: Layer;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** Times between them in which nobody scanned: where one ends, nothing fell from what was before it. */
  readonly silent: readonly SilentTimeDto[];
  /** Caption beside the layer's name: "capped since 20 Nov". */
  readonly note?: string;
}

export interface TrendEvent {
  readonly at: string;
  readonly label: string;
}

/** A row as the picture needs it. */
export interface TrendRow {
  readonly atMs: number;
  readonly point: TrendPoint;
  readonly band: readonly [number, number] | null;
  /** The line while no cap holds, with the raw score where a cap begins. */
  readonly free: number | null;
  /** The same line where it goes on at the snapshot after a cap began: beside each other in one line, the two would be joined over the cap. */
  readonly freeAgain: number | null;
  /** The line while a cap holds. */
  readonly held: number | null;
  /** Dotted line: what it would be without the cap. */
  readonly without: number | null;
}

export interface TrendGap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
  /** Nobody looked: there is no snapshot between its ends. */
  readonly isSilent?: true;
}

/** A vertical drop or rise where a cap begins or ends. */
export interface TrendDrop {
  readonly atMs: number;
  readonly from: number;
  readonly to: number;
}

function isHeld(point: TrendPoint | undefined): boolean {
  return point !== undefined && point.score !== null && point.raw !== null && point.raw - point.score > 0.05;
}

export function toTrendRows(points: readonly TrendPoint[]): readonly TrendRow[] {
  let [isAgain, endedBefore] = [false, false];
  return points.map((point, index): TrendRow => {
    const before = points[index - 1];
    const held = isHeld(point);
    const heldBefore = isHeld(before);
    // A cap that held from the first snapshot on, or from the first that was assessed, did not fall from anywhere.
    const free = !held || (before !== undefined && before.score !== null && !heldBefore) ? point.raw : null;
    if (heldBefore && !held) isAgain = endedBefore && !isAgain;
    endedBefore = held && free !== null;
    const band = point.lower === null || point.upper === null || point.score === null ? null : ([point.lower, point.upper] as const);
    return {
      atMs: Date.parse(point.at),
      point,
      band,
      free: isAgain ? null : free,
      freeAgain: isAgain ? free : null,
      held: held ? point.score : heldBefore && point.score !== null ? (before?.score ?? null) : null,
      without: held || (heldBefore && point.score !== null) ? point.raw : null,
    };
  });
}

export function findDrops(rows: readonly TrendRow[]): readonly TrendDrop[] {
  return rows.flatMap(({ atMs, free, freeAgain, held }): TrendDrop[] => {
    const from = free ?? freeAgain;
    return from !== null && held !== null && from !== held ? [{ atMs, from, to: held }] : [];
  });
}

/** Runs in which something was not assessed, from the last point before them to the next: hatched over the full height. */
export function findGaps(points: readonly TrendPoint[]): readonly TrendGap[] {
  const gaps: TrendGap[] = [];
  let open: { fromMs: number; reason: string } | null = null;
  points.forEach((point, index) => {
    const atMs = Date.parse(point.at);
    if (point.score === null && point.isEmpty !== true) {
      open ??= { fromMs: index === 0 ? atMs : Date.parse(points[index - 1]?.at ?? point.at), reason: point.reason ?? "not assessed" };
    } else if (open !== null) {
      gaps.push({ ...open, toMs: atMs });
      open = null;
    }
  });
  const last = points.at(-1);
  if (open !== null && last !== undefined) gaps.push({ ...(open as { fromMs: number; reason: string }), toMs: Date.parse(last.at) });
  return gaps;
}

/** The last point with a score. */
export function findLastKnown(points: readonly TrendPoint[]): TrendPoint | null {
  return points.findLast((point) => point.score !== null) ?? null;
}
