export interface ShareStep {
  readonly fromMs: number;
  readonly toMs: number;
  /** 0..1; null = nothing was judged. */
  readonly share: number | null;
}

interface Point {
  readonly takenAt: string;
  readonly n: number;
  readonly failing: number;
}

/** Stretches of equal counts, oldest first, the last one up to `until`. Points come in any order. */
export function toShareSteps(history: readonly Point[], until: string): readonly ShareStep[] {
  const points = [...history].sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt));
  return points.map((point, index) => ({
    fromMs: Date.parse(point.takenAt),
    toMs: Date.parse(points[index + 1]?.takenAt ?? until),
    share: point.n === 0 ? null : point.failing / point.n,
  }));
}
