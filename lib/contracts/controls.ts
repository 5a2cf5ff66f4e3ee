import { z } from "zod";
import { findingRowSchema } from "./findings";
import { reasonsSchema } from "./reasons";
import { silentTimesSchema } from "./score";
import { tuningSchema } from "./tuning";
import { instantSchema, layerSchema, momentSchema, namedClauseSchema, severitySchema } from "./words";

const controlSchema = z.object({
  id: z.string(),
  layer: layerSchema,
  severity: severitySchema,
  maxSeverity: severitySchema,
  title: z.string(),
  why: z.string(),
  fix: z.string(),
  verify: z.string(),
  lookFor: z.string().nullable().describe("how to read what the command in `verify` prints"),
  subject: z.string(),
  tips: z.array(z.string()),
  aliases: z.array(z.string()),
  references: z.array(z.string()),
  frameworks: z.array(namedClauseSchema),
  reads: z.array(z.string()),
  isRollUp: z.boolean(),
  hasRemedy: z.boolean(),
});
export type ControlDto = z.infer<typeof controlSchema>;

const controlCountsSchema = z.object({
  n: z.number().int().describe("passing, failing and waived"),
  failing: z.number().int(),
  waived: z.number().int(),
  unknown: z.number().int().describe("not assessed, and not among `n` as they last were"),
  stale: z.number().int().describe("of `n`, as they last were: not assessed in this snapshot"),
  notApplicable: z.number().int(),
  subsumed: z.number().int(),
  manual: z.number().int().describe("left to people, and in no score"),
  cost: z.number(),
  isSwitchedOff: z.boolean().describe("nothing is known of it, because nobody switched its source on"),
});

export const listControlsResponse = z.object({
  moment: momentSchema.nullable(),
  catalogueVersion: z.string(),
  controls: z.array(
    controlSchema.extend({
      counts: controlCountsSchema.nullable(),
      unassessed: reasonsSchema.describe("why subjects of workload scope were not assessed"),
      tuning: tuningSchema,
    }),
  ),
});
export type ListControlsResponse = z.infer<typeof listControlsResponse>;

export const controlResponse = z.object({
  moment: momentSchema,
  control: controlSchema,
  tuning: tuningSchema,
  kept: z
    .enum(["built-in", "own"])
    .nullable()
    .describe("what has this id now, and settings can change; null = nothing: an own control that was deleted since, or one that this release does not have"),
  counts: controlCountsSchema.nullable(),
  platform: controlCountsSchema
    .pick({ n: true, failing: true, unknown: true, stale: true, subsumed: true, manual: true })
    .describe("subjects of the platform, which `counts` leaves out"),
  gain: z.number().nullable(),
  failing: z.array(findingRowSchema).describe("of workloads and of the platform, the gravest first, at most 100"),
  notAssessed: z.array(findingRowSchema).describe("at most 100"),
  notAssessedTotal: z.number().int(),
  unassessed: reasonsSchema.describe("why subjects of both scopes were not assessed, those that count as they last were among them"),
  history: z.array(z.object({ takenAt: instantSchema, seq: z.number().int(), n: z.number().int(), failing: z.number().int(), unknown: z.number().int() })),
  silent: silentTimesSchema,
});
export type ControlResponse = z.infer<typeof controlResponse>;
