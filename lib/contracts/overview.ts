import { z } from "zod";
import { reasonsSchema } from "./reasons";
import { eventMarkerSchema, layerScoreSchema, scoredLayerSchema, silentTimesSchema, trendPointSchema, waterfallSchema } from "./score";
import { tunedCountsSchema } from "./tuning";
import {
  coverageStatusSchema,
  instantSchema,
  layerSchema,
  momentQuerySchema,
  momentSchema,
  resourceRefSchema,
  severityCountsSchema,
  severitySchema,
} from "./words";

const moverSchema = z.object({
  change: z.enum(["new", "reopened", "assessed", "new-control", "fixed", "gone", "worsened"]),
  id: z.string().describe("public id of the finding"),
  title: z.string(),
  severity: severitySchema,
  layer: layerSchema,
  object: z.string().describe("namespace/name, or the name"),
  kind: z.string(),
  at: instantSchema,
});

const fixStepSchema = z.object({
  control: z.string(),
  title: z.string().describe("what to do, in the imperative"),
  holds: z.string().describe("what holds then: the title of the control"),
  layer: layerSchema,
  objects: z.number().int(),
  object: resourceRefSchema.nullable().describe("the object, when it is a single one"),
  from: z.number().describe("score of its layer before it; where the layer has none, of what is assessed"),
  to: z.number(),
  gain: z.number().describe("points that its findings cost, after the steps before it; what begins to apply with the fixes is not counted"),
});
export type FixStep = z.infer<typeof fixStepSchema>;

const heatRowSchema = z.object({
  namespace: z.string().describe('"" = cluster-wide'),
  cells: z.array(z.object({ layer: layerSchema, points: z.number(), worst: severitySchema.nullable(), isAssessed: z.boolean(), isEmpty: z.boolean() })),
  points: z.number(),
});
export type HeatRow = z.infer<typeof heatRowSchema>;

export const gapSchema = z.object({
  status: coverageStatusSchema,
  kinds: z.array(z.string()),
  reason: z.string(),
  action: z.string().nullable(),
  controls: z.number().int(),
  shares: z
    .array(z.object({ layer: layerSchema, share: z.number() }))
    .describe("share of each layer's weight that it leaves out; empty where controls do without it for all that it could not change"),
});
export type GapDto = z.infer<typeof gapSchema>;
export const switchedOffSchema = z.array(gapSchema).describe("sources that nobody switched on, with the controls that wait for them: out of scope");

const unassessedSchema = reasonsSchema.extend({
  control: z.string(),
  title: z.string(),
  layer: layerSchema,
  share: z.number().describe("of the layer's weight, 0 to 1"),
});
export type UnassessedDto = z.infer<typeof unassessedSchema>;

const severityBucketSchema = z.object({
  takenAt: z.string(),
  seq: z.number().int(),
  open: severityCountsSchema.nullable(),
  opened: z.number().int(),
  closed: z.number().int(),
});
export type SeverityBucket = z.infer<typeof severityBucketSchema>;

const ageBinSchema = z.object({ bin: z.enum(["0-7", "8-30", "31-90", "91-180", "over-180"]), open: severityCountsSchema });
const timeToFixSchema = z.object({ severity: severitySchema, medianDays: z.number().nullable(), targetDays: z.number(), fixed: z.number().int() });

export const overviewResponse = z.object({
  moment: momentSchema,
  cluster: z.object({ slug: z.string(), name: z.string(), isDemo: z.boolean(), kubeVersion: z.string().nullable() }),
  facts: z
    .object({ workloads: z.number(), namespaces: z.number(), nodes: z.number(), objects: z.number(), catalogueVersion: z.string(), durationMs: z.number() })
    .nullable(),
  weakest: layerSchema.nullable(),
  layers: z.array(layerScoreSchema),
  platformScore: z
    .number()
    .nullable()
    .describe(
      "score of the weakest layer of the platform namespaces; null when the weakest as last known has not enough evidence, and when there is nothing to judge",
    ),
  platformNamespaces: z.number().int(),
  platformOpen: z.number().int().describe("open findings of the platform, which `open` leaves out"),
  open: severityCountsSchema.describe("of workloads, as all that follows"),
  openBefore: severityCountsSchema.nullable(),
  opened: z.number().int(),
  closed: z.number().int(),
  movers: z.array(moverSchema),
  trend: z.array(trendPointSchema),
  markers: z.array(eventMarkerSchema),
  silent: silentTimesSchema,
  plan: z.array(fixStepSchema),
  waterfall: waterfallSchema.nullable(),
  stack: z.array(severityBucketSchema),
  ages: z.array(ageBinSchema),
  timeToFix: z.array(timeToFixSchema),
  heat: z.array(heatRowSchema),
  gaps: z.array(gapSchema),
  unassessed: z.array(unassessedSchema).describe("controls that could not judge every subject of workload scope, the costliest in coverage first, and why"),
  switchedOff: switchedOffSchema,
  tuned: tunedCountsSchema,
});
export type OverviewResponse = z.infer<typeof overviewResponse>;

export const TREND_DAYS = [7, 30, 90, 365] as const;
export const layerQuery = momentQuerySchema.extend({
  days: z.coerce.number().pipe(z.literal(TREND_DAYS)).optional().describe("how far the trend reaches back; 90 unless told"),
});
export type LayerQuery = z.infer<typeof layerQuery>;

export const layerResponse = z.object({
  moment: momentSchema,
  layer: layerScoreSchema,
  others: z.array(scoredLayerSchema).describe("all four layers, for the way between them"),
  trendDays: z.number().int(),
  trend: z.array(trendPointSchema),
  markers: z.array(eventMarkerSchema),
  silent: silentTimesSchema,
  waterfall: waterfallSchema.nullable(),
  controls: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      severity: severitySchema,
      weight: z.number(),
      cost: z.number(),
      costBefore: z.number().nullable().describe("cost at the baseline; null without one"),
      gain: z.number().describe("points won by fixing all of it, cap included; what begins to apply with the fixes is not counted"),
      n: z.number().int().describe("passing, failing and waived"),
      failing: z.number().int(),
      object: resourceRefSchema.nullable().describe("what fails, when it is a single object"),
      unknown: z.number().int().describe("not assessed, and not among `n` as they last were"),
      waived: z.number().int(),
      manual: z.number().int().describe("left to people, and in no score"),
      assessed: z.number(),
      isInScope: z.boolean(),
      isSwitchedOff: z.boolean().describe("out of scope, because nobody switched its source on"),
      stale: z.number().int().describe("of `n`, as they last were: not assessed in this snapshot"),
    }),
  ),
  rolledUp: z.number().int().describe("open findings of controls that sum up others: in `layer.open` and in `namespaces`, in no row of `controls`"),
  namespaces: z.array(z.object({ namespace: z.string(), failing: z.number().int(), points: z.number() })),
  gaps: z.array(gapSchema),
  unassessed: z.array(unassessedSchema),
  switchedOff: switchedOffSchema,
});
export type LayerResponse = z.infer<typeof layerResponse>;
