import { z } from "zod";
import { layerSchema, severityCountsSchema } from "./words";

/** One layer as a page shows it. Scores and bounds are 0 to 100, coverage 0 to 1. */
export const layerScoreSchema = z.object({
  layer: layerSchema,
  score: z.number().nullable().describe("null = not enough evidence, or nothing in scope"),
  raw: z.number().nullable().describe("without the cap"),
  cap: z.number(),
  capReason: z.enum(["attack-path", "critical", "high"]).nullable(),
  isCapped: z.boolean().describe("the cap is what holds the score"),
  lower: z.number().describe("of the raw score, if all that was not assessed were at its worst"),
  upper: z.number(),
  coverage: z.number(),
  idle: z.number().int().describe("controls in scope that found nothing to judge: they cost nothing and count as assessed"),
  switchedOff: z.number().int().describe("controls out of scope because nobody switched their source on"),
  sinceScore: z.number().nullable(),
  open: severityCountsSchema,
});
export type LayerScoreDto = z.infer<typeof layerScoreSchema>;

/** One point of a trend; score null = a gap, nothing was assessed. */
export const trendPointSchema = z.object({
  seq: z.number().int(),
  takenAt: z.string(),
  layers: z.array(
    z.object({
      layer: layerSchema,
      score: z.number().nullable(),
      raw: z.number().nullable(),
      lower: z.number(),
      upper: z.number(),
      coverage: z.number(),
    }),
  ),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

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
  from: z.number(),
  to: z.number(),
  rows: z.array(
    z.object({
      cause: z.enum(["new-resources", "gone-resources", "newly-failing", "fixed", "exceptions", "settings", "catalogue", "coverage", "without-cap", "cap"]),
      points: z.number(),
    }),
  ),
});
export type WaterfallDto = z.infer<typeof waterfallSchema>;
