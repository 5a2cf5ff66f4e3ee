import { z } from "zod";
import { layerSchema, severityCountsSchema, snapshotStampSchema } from "./words";

/** The score of a layer, 0 to 100, and its coverage, 0 to 1. */
export const scoredLayerSchema = z.object({
  layer: layerSchema,
  score: z.number().nullable().describe("null = not enough evidence where coverage is under 0.6, and else nothing to judge: the layer holds no subject"),
  coverage: z.number().describe("1 = nothing was missed, also where there was nothing; 0 = of what there is nothing could be assessed"),
});

/** One layer as a page shows it. Bounds are 0 to 100. */
export const layerScoreSchema = scoredLayerSchema.extend({
  raw: z.number().nullable().describe("without the cap; null = no subject was assessed"),
  cap: z.number(),
  capReason: z.enum(["critical", "high"]).nullable(),
  isCapped: z.boolean().describe("the cap is what holds the score"),
  lower: z.number().describe("of the raw score, if all that was not assessed were at its worst"),
  upper: z.number(),
  idle: z.number().int().describe("controls in scope that found nothing to judge: they cost nothing and count as assessed"),
  switchedOff: z.number().int().describe("controls out of scope because nobody switched their source on"),
  sinceScore: z.number().nullable(),
  sinceCoverage: z
    .number()
    .nullable()
    .describe("at the moment that `sinceScore` is of: under 1, what opened or closed since is not known of all; null without one"),
  open: severityCountsSchema,
});
export type LayerScoreDto = z.infer<typeof layerScoreSchema>;

/** One point of a trend; score null = a gap. */
export const trendPointSchema = z.object({
  seq: z.number().int(),
  takenAt: z.string(),
  layers: z.array(scoredLayerSchema.extend({ raw: z.number().nullable(), lower: z.number(), upper: z.number() })),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** A time without a snapshot that is far longer than usual there, whether nobody scanned or every scan failed: no line goes through it. */
const silentTimeSchema = z.object({
  from: snapshotStampSchema.describe("the last snapshot before it"),
  to: snapshotStampSchema.describe("the first one after it"),
});
export type SilentTimeDto = z.infer<typeof silentTimeSchema>;
export const silentTimesSchema = z
  .array(silentTimeSchema)
  .describe(
    "times without a snapshot that are far longer than from one to the next before or after them, oldest first: nobody scanned, or every scan failed; of them nothing is known",
  );

export const eventMarkerSchema = z.object({
  seq: z.number().int(),
  takenAt: z.string(),
  kind: z.enum(["first-scan", "catalogue", "scope", "gap", "version"]),
  label: z.string(),
});
export type EventMarker = z.infer<typeof eventMarkerSchema>;

/** Why a score moved between two snapshots; the rows add up. Points of the raw score, then the cap. */
export const waterfallSchema = z.object({
  layer: layerSchema,
  from: z.number().nullable().describe("null = nothing of the layer was assessed there, and there are no rows"),
  to: z.number().nullable(),
  rows: z.array(
    z.object({
      cause: z.enum(["new-resources", "gone-resources", "newly-failing", "fixed", "exceptions", "settings", "catalogue", "coverage", "without-cap", "cap"]),
      points: z.number(),
    }),
  ),
});
export type WaterfallDto = z.infer<typeof waterfallSchema>;
