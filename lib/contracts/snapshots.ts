import { z } from "zod";
import { FINDING_STATES, findingRowSchema } from "./findings";
import { layerScoreSchema, scoredLayerSchema, waterfallSchema } from "./score";
import {
  coverageStatusSchema,
  instantSchema,
  layerSchema,
  momentSchema,
  severityCountsSchema,
  severitySchema,
  snapshotNumberSchema,
  snapshotStampSchema,
} from "./words";
import { gapSchema, switchedOffSchema } from "./overview";

const snapshotSchema = z.object({
  seq: z.number().int(),
  takenAt: instantSchema,
  durationMs: z.number(),
  trigger: z.string().describe("manual, schedule, demo, or discovery: the server found its machine's cluster, which nobody had scanned"),
  kubeVersion: z.string().nullable(),
  catalogueVersion: z.string(),
  scores: z.array(scoredLayerSchema),
  open: severityCountsSchema,
  opened: z.number().int().describe("since the snapshot before; 0 in the first, of which nobody knows what was before"),
  closed: z.number().int(),
  gaps: z.number().int().describe("kinds that could not be read"),
  objects: z.number().int(),
});
export type SnapshotDto = z.infer<typeof snapshotSchema>;

export const listSnapshotsQuery = z.strictObject({
  before: snapshotNumberSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

export const listSnapshotsResponse = z.object({
  snapshots: z.array(snapshotSchema),
  earlier: snapshotSchema.nullable().describe("the one before the last of this page, from which that one moved; null = there is none"),
  nextBefore: z.number().int().nullable(),
  oldest: snapshotStampSchema.nullable().describe("of the cluster, not of this page; null before the first snapshot"),
  newest: snapshotStampSchema.nullable().describe("likewise"),
});
export type ListSnapshotsResponse = z.infer<typeof listSnapshotsResponse>;

export const sourcesResponse = z.object({
  moment: momentSchema,
  kinds: z.array(
    z.object({
      group: z.string(),
      version: z.string(),
      resource: z.string(),
      kind: z.string(),
      status: coverageStatusSchema,
      objects: z.number().int(),
      listed: z.number().int().describe("of them, what Resources lists; what a workload made stands under it there"),
      reason: z.string().nullable(),
      action: z.string().nullable(),
      controls: z.number().int(),
      since: snapshotStampSchema.nullable().describe("not readable since"),
    }),
  ),
  gaps: z.array(gapSchema),
  switchedOff: switchedOffSchema,
  requests: z.number().int(),
  bytes: z.number().int(),
});
export type SourcesResponse = z.infer<typeof sourcesResponse>;

const compareEndSchema = z.object({
  state: z
    .enum([...FINDING_STATES, "clear", "covered", "untold", "absent", "not-judged"])
    .describe(
      "clear = judged, and no failure; covered = another finding showed the same, then or when it ended; untold = its object was made anew, and has no finding of its own: it passes, or another finding shows the same; absent = its object was not there; not-judged = its control was not in force, or its source off",
    ),
  severity: severitySchema.nullable().describe("while it is open"),
  read: z.string().nullable().describe("what was read there, or the reason of the state; null = nothing that can be told, or that differs"),
  isStale: z.boolean(),
  staleReason: z.string().nullable().describe("why it could not be assessed there and is shown as it last was"),
});

export const compareRowSchema = findingRowSchema.extend({
  change: z
    .enum([
      ...["new", "reopened", "assessed", "uncovered", "opened-by-settings", "new-control", "opened-by-control"],
      ...["worsened", "worsened-by-settings", "worsened-by-control"],
      ...["fixed", "gone", "replaced", "finished", "subsumed", "not-applicable", "exception", "control-changed", "control-off", "settings", "other"],
    ] as const)
    .describe("assessed = nobody could tell at `from` whether it fails; by-control = its control was changed: by a release, or as one of the cluster's own"),
  before: compareEndSchema.describe("at `from`"),
  after: compareEndSchema.describe("at `to`"),
});
export type CompareRow = z.infer<typeof compareRowSchema>;

export const compareResponse = z.object({
  from: snapshotStampSchema,
  to: snapshotStampSchema,
  scope: z
    .object({ switchedOn: z.array(z.string()), switchedOff: z.array(z.string()) })
    .nullable()
    .describe("the settings that say what is judged changed in between, with the kinds of the sources that were switched; null: they did not"),
  layers: z.array(layerScoreSchema),
  waterfalls: z.array(waterfallSchema),
  ledger: z.object({
    openBefore: z.number().int(),
    new: z.number().int(),
    reopened: z.number().int(),
    assessed: z.number().int().describe("not assessed at `from`: whether they failed then is not known"),
    uncovered: z.number().int().describe("failed at `from` too, where a finding of a more specific control showed the same"),
    openedBySettings: z.number().int().describe("by the settings alone: the same objects would not fail by the earlier ones"),
    newControl: z.number().int().describe("by controls that were not in the catalogue before"),
    openedByControl: z.number().int().describe("by controls that judge otherwise than before"),
    fixed: z.number().int(),
    gone: z.number().int(),
    otherClosed: z.number().int().describe("for any other cause, the next eight among them"),
    replaced: z.number().int().describe("with their object, which is there again at `to`; nothing shows that they were fixed"),
    finished: z.number().int().describe("with a Job that is over"),
    subsumed: z.number().int().describe("when a finding of a more specific control came to show the same"),
    notApplicable: z.number().int().describe("when their control did not apply any more, as where the last workload left; nothing shows that they were fixed"),
    exception: z.number().int(),
    controlChanged: z.number().int(),
    controlOff: z.number().int(),
    settings: z.number().int().describe("by the settings alone: the same objects would still fail by the earlier ones"),
    openAfter: z.number().int(),
    worsened: z.number().int(),
    worsenedBySettings: z.number().int(),
    worsenedByControl: z.number().int(),
    notComparable: z.number().int().describe("of `openAfter`, what could not be assessed again, and counts as it last was"),
  }),
  balance: z.array(z.object({ layer: layerSchema, opened: severityCountsSchema, closed: severityCountsSchema })),
  opened: z.array(compareRowSchema),
  worsened: z.array(compareRowSchema).describe("open at both ends, graver at the later one"),
  closed: z.array(compareRowSchema),
  resourcesAdded: z.number().int(),
  resourcesFirstRead: z.number().int().describe("there at `to`, of kinds that were not read at `from`: whether they were there then is not known"),
  resourcesGone: z.number().int(),
});
export type CompareResponse = z.infer<typeof compareResponse>;

export const searchResponse = z.object({
  hits: z.array(z.object({ kind: z.enum(["resource", "control", "finding", "framework", "clause"]), title: z.string(), note: z.string(), href: z.string() })),
});
export type SearchResponse = z.infer<typeof searchResponse>;
