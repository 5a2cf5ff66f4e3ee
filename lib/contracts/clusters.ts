import { z } from "zod";
import { scoredLayerSchema } from "./score";
import { instantSchema, layerSchema, snapshotStampSchema } from "./words";

export const scanProgressSchema = z.object({
  id: z.string(),
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]).describe("queued: it waits until others that were asked for are over"),
  phase: z.enum(["connecting", "reading", "judging", "storing", "done"]),
  kindsDone: z.number().int(),
  kindsTotal: z.number().int(),
  gaps: z.number().int().describe("of the kinds that are done, those that could not be read so far"),
  kind: z.string().nullable(),
  objects: z.number().int(),
  requests: z.number().int(),
  bytes: z.number().int(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  error: z.string().nullable(),
  snapshotSeq: z.number().int().nullable(),
});
export type ScanProgress = z.infer<typeof scanProgressSchema>;

export const clusterSchema = z.object({
  slug: z.string(),
  name: z.string(),
  source: z.enum(["kubeconfig", "in-cluster", "demo"]),
  context: z.string().nullable(),
  server: z.string().nullable(),
  isDemo: z.boolean(),
  kubeVersion: z.string().nullable(),
  latest: snapshotStampSchema.nullable(),
  weakest: z.object({ layer: layerSchema, score: z.number() }).nullable(),
  scores: z.array(scoredLayerSchema),
  schedule: z.object({ intervalMinutes: z.number().int().nullable(), isPaused: z.boolean() }),
  scan: scanProgressSchema.nullable().describe("the running or last scan"),
});
export type ClusterDto = z.infer<typeof clusterSchema>;

export const listClustersResponse = z.object({
  clusters: z.array(clusterSchema),
  kubeconfig: z.object({ context: z.string().nullable(), server: z.string().nullable(), problem: z.string().nullable(), isForgotten: z.boolean() }),
});
export type ListClustersResponse = z.infer<typeof listClustersResponse>;

export const forgetClusterQuery = z.strictObject({ confirm: z.string().describe("the name of the cluster in its address, once more") });
export const forgottenSchema = z.object({ snapshots: z.number().int(), findings: z.number().int() }).describe("what is gone");

export const saveScheduleBody = z.strictObject({
  intervalMinutes: z.number().int().min(5).max(10080).nullable(),
  isPaused: z.boolean().default(false),
  was: clusterSchema.shape.schedule.optional().describe("the schedule as it was read; where it is another by now, nothing is saved: 409"),
});
