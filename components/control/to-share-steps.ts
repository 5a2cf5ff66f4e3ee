import type { SilentTimeDto } from "@/lib/contracts/score";

export interface ShareStep {
  readonly fromMs: number;
  readonly toMs: number;
  /** 0..1; null = nothing was judged. */
  readonly share: number | null;
}

interface Point {
  readonly seq: number;
  readonly takenAt: string;
  readonly n: number;
  readonly failing: number;
}

/** Stretches of equal counts, oldest first, the last one up to `until`, without the times in which nobody scanned. Points come in any order. */
export function toShareSteps(history: readonly Point[], until: string, silent: readonly SilentTimeDto[] = []): readonly ShareStep[] {
  const points = [...history].sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt));
  return points.flatMap((point, index): readonly ShareStep[] => {
    const next = points[index + 1];
    const share = point.n === 0 ? null : point.failing / point.n;
    const within = silent.filter(({ from, to }) => from.seq >= point.seq && (next === undefined || to.seq <= next.seq));
    const starts = [point.takenAt, ...within.flatMap(({ to }) => (to.seq === next?.seq ? [] : [to.takenAt]))];
    return starts.map((from, part) => ({ fromMs: Date.parse(from), toMs: Date.parse(within[part]?.from.takenAt ?? next?.takenAt ?? until), share }));
  });
}
