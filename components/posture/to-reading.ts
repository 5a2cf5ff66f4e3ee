import type { OverviewResponse } from "@/lib/contracts/overview";
import type { LayerScoreDto, TrendPoint as TrendPointDto, WaterfallDto } from "@/lib/contracts/score";
import type { MaybeScoreAt } from "@/lib/format/layer-titles";
import { formatScore } from "@/lib/format/numbers";
import { type CapHolder, noScoreWords } from "@/lib/format/posture-titles";
import { hasNothingToJudge, type Layer } from "@/lib/model/layer";
import type { endWords } from "../charts/end-words";
import type { LayerReading } from "../charts/layer-reading";
import type { TrendPoint, TrendSeries } from "../charts/trend-series";
import type { WaterfallStep } from "../charts/waterfall-scale";

export function toReading(score: LayerScoreDto): LayerReading {
  const { layer, raw, lower, upper, coverage, isCapped, sinceScore } = score;
  return { layer, score: score.score, raw, lower, upper, coverage, capped: isCapped, previous: sinceScore };
}

/** Everything in scope was assessed, so that what is not found is not there. */
export function isWhole(layers: readonly Pick<LayerScoreDto, "coverage">[]): boolean {
  return layers.every(({ coverage }) => coverage === 1);
}

/** The same at the moment that is compared with. */
export function wasWhole(layers: readonly Pick<LayerScoreDto, "sinceCoverage">[]): boolean {
  return layers.every(({ sinceCoverage }) => sinceCoverage === 1);
}

/** At both: what is not known to have opened, closed, come or gone since did not. */
export function isWholeSince(layers: readonly Pick<LayerScoreDto, "coverage" | "sinceCoverage">[]): boolean {
  return isWhole(layers) && wasWhole(layers);
}

/** The trend of one layer; points without a score are gaps, each with its reason. */
export function toTrendSeries(layer: Layer, { trend, silent }: Pick<OverviewResponse, "trend" | "silent">, note?: string): TrendSeries {
  const own = trend.map((point): TrendPoint => {
    const entry = point.layers.find((score) => score.layer === layer);
    const base = { seq: point.seq, at: point.takenAt };
    if (!entry || entry.score === null || entry.raw === null) {
      const why = entry ?? { score: null, coverage: 0 };
      const gap = { ...base, score: null, raw: null, lower: null, upper: null, coverage: null, reason: noScoreWords(why) };
      return hasNothingToJudge(why) ? { ...gap, isEmpty: true } : gap;
    }
    return { ...base, score: entry.score, raw: entry.raw, lower: entry.lower, upper: entry.upper, coverage: entry.coverage };
  });
  return { layer, points: own, silent, ...(note !== undefined && { note }) };
}

/** What holds a score at its cap, or would; null where nothing caps it. */
export function toCapHolder({ capReason, open }: LayerScoreDto): CapHolder | null {
  return capReason === null ? null : { reason: capReason, open: open[capReason] };
}

/** The scores, with where there was none, for the sentence above the picture. */
export function toScores(series: TrendSeries): readonly MaybeScoreAt[] {
  return series.points.map(({ at, score }) => ({ at, score }));
}

/** The same for those who hear the picture. */
export function toEnds({ layer, points }: TrendSeries): Parameters<typeof endWords>[0][number] {
  const missing = points.at(-1)?.reason;
  return { name: layer, values: points.map(({ score }) => (score === null ? null : formatScore(score))), ...(missing !== undefined && { missing }) };
}

export interface CapStart {
  /** The score at the cap. */
  readonly score: number;
  /** ISO instant. */
  readonly at: string;
}

/** Since when the cap that holds now has held; a lower cap is another one. Null while none holds. */
export function findCapStart(layer: Layer, points: readonly TrendPointDto[]): CapStart | null {
  let start = null as CapStart | null;
  for (const point of points) {
    const entry = point.layers.find((score) => score.layer === layer);
    if (entry?.score == null || entry.raw === null || entry.raw - entry.score <= 0.05) start = null;
    else if (start?.score !== entry.score) start = { score: entry.score, at: point.takenAt };
  }
  return start;
}

export const CAUSE_WORDS: Readonly<Record<WaterfallDto["rows"][number]["cause"], string>> = {
  "new-resources": "New resources",
  "gone-resources": "Gone resources",
  "newly-failing": "Newly failing",
  fixed: "Fixed",
  exceptions: "Exceptions",
  settings: "Settings",
  catalogue: "Catalogue",
  coverage: "Coverage",
  "without-cap": "Without cap",
  cap: "Cap",
};

/** Told only where they moved something. */
export const RARE_CAUSES: ReadonlySet<WaterfallDto["rows"][number]["cause"]> = new Set(["exceptions", "settings"] as const);

/** A layer of which something was assessed at both ends, so that its score can have moved. */
export type MovedLayer = WaterfallDto & { readonly from: number; readonly to: number };

export function hasBothEnds(waterfall: WaterfallDto): waterfall is MovedLayer {
  return waterfall.from !== null && waterfall.to !== null;
}

/**
 * Rows of the waterfall, with both ends. `from` and `to` are the words for the two moments. With `raw`, the score without the cap
 * is a level of its own only where the rows lead to it: when a cap held at both ends, they start below it.
 */
export function toWaterfallSteps(waterfall: MovedLayer, words: { readonly from: string; readonly to: string }, raw?: number | null): readonly WaterfallStep[] {
  const rawStart = waterfall.rows.filter((row) => row.cause !== "cap" && row.cause !== "without-cap");
  const cap = waterfall.rows.find((row) => row.cause === "cap");
  const withoutCap = waterfall.to - (cap?.points ?? 0);
  const steps: WaterfallStep[] = [{ name: words.from, kind: "total", points: waterfall.from }];
  for (const row of rawStart)
    if (row.points !== 0 || !RARE_CAUSES.has(row.cause)) steps.push({ name: CAUSE_WORDS[row.cause], kind: "delta", points: row.points });
  const isLevel = raw === undefined || raw === null || Math.abs(raw - withoutCap) < 0.05;
  if (cap && isLevel) steps.push({ name: CAUSE_WORDS["without-cap"], kind: "total", points: withoutCap });
  if (cap) steps.push({ name: CAUSE_WORDS.cap, kind: "cap", points: cap.points });
  steps.push({ name: words.to, kind: "total", points: waterfall.to });
  return steps;
}
