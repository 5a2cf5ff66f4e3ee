import { formatPointChange } from "@/lib/format/numbers";

export interface WaterfallStep {
  readonly name: string;
  /** delta = points gained or lost; total = a score; cap = what the cap takes. */
  readonly kind: "total" | "delta" | "cap";
  readonly points: number;
}

export interface WaterfallRow extends WaterfallStep {
  /** Where the row starts and ends, in points. Equal for totals. */
  readonly from: number;
  readonly to: number;
}

/** Lays deltas end to end; a total starts the count anew. */
export function toWaterfallRows(steps: readonly WaterfallStep[]): readonly WaterfallRow[] {
  let run = 0;
  return steps.map((step): WaterfallRow => {
    const from = step.kind === "total" ? step.points : run;
    run = step.kind === "total" ? step.points : run + step.points;
    return { ...step, from, to: run };
  });
}

/** Nothing gained and nothing lost, by no cause and no cap: two moments at one score, of which a picture says nothing. */
export function isStill(steps: readonly WaterfallStep[]): boolean {
  return steps.every((step) => step.kind === "total" || formatPointChange(step.points) === "0");
}

/** A cause that gained and lost nothing looks like a bar that is missing: such causes are named apart, in their order. */
export function foldUnmoved(rows: readonly WaterfallRow[]): { readonly rows: readonly WaterfallRow[]; readonly unmoved: readonly string[] } {
  const isUnmoved = (row: WaterfallRow): boolean => row.kind === "delta" && formatPointChange(row.points) === "0";
  return { rows: rows.filter((row) => !isUnmoved(row)), unmoved: rows.filter(isUnmoved).map(({ name }) => name) };
}

/** A scale cut to what is shown: 5 to 100 points wide, on multiples of ten, or of one when little moved. */
export function waterfallDomain(rows: readonly WaterfallRow[]): readonly [number, number] {
  const ends = rows.flatMap((row) => [row.from, row.to]);
  if (ends.length === 0) return [0, 100];
  const [min, max] = [Math.min(...ends), Math.max(...ends)];
  const grain = max - min > 15 ? 10 : max - min > 4 ? 2 : 1;
  const from = Math.max(0, Math.floor((min - grain * 0.2) / grain) * grain);
  const to = Math.min(100, Math.ceil((max + grain * 0.2) / grain) * grain);
  return to - from >= 5 ? [from, to] : [Math.max(0, to - 5), Math.max(5, to)];
}
