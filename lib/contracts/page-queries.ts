import { z } from "zod";
import { listFindingsQuery } from "./findings";
import { frameworkQuery } from "./frameworks";
import { layerQuery } from "./overview";
import { compareRowSchema, listSnapshotsQuery } from "./snapshots";
import { layerSchema, listOf, momentQuerySchema, severitySchema } from "./words";

const CONTROL_RESULTS = ["fails", "passes", "not-assessed", "source-off", "no-subject", "off"] as const;
export type ControlResult = (typeof CONTROL_RESULTS)[number];

const countFromOne = z.coerce.number().int().min(1);

// What the addresses of pages may hold, where that is not just what the API's query may: a page refuses what it does not know, as the API does.

export const layerPageQuery = layerQuery.extend({ all: z.enum(["true"]).optional() });

export const findingsPageQuery = listFindingsQuery.omit({ cursor: true, limit: true, group: true }).extend({
  view: z.enum(["control", "object"]).optional(),
  rows: z.enum(["one"]).optional(),
  columns: listOf(z.enum(["severity", "layer", "object", "points", "age", "control", "opened"])),
});
export type FindingsPageQuery = z.infer<typeof findingsPageQuery>;

export const resourcePageQuery = momentQuerySchema.extend({
  view: z.enum(["rings", "yaml", "versions"]).optional(),
  containers: countFromOne.optional().describe("the first container that is shown, where there are many"),
  line: countFromOne.optional().describe("the first line of a long YAML that is shown; left out = what is round the evidence"),
});
export type ResourcePageQuery = z.infer<typeof resourcePageQuery>;

export const controlsPageQuery = momentQuerySchema.extend({
  layer: listOf(layerSchema),
  severity: listOf(severitySchema),
  framework: listOf(z.string().max(100)),
  tip: listOf(z.string().max(100)),
  result: listOf(z.enum(CONTROL_RESULTS)),
  tuning: listOf(z.enum(["off", "reweighted", "own"])),
  q: z.string().max(200).optional(),
});

export const frameworkPageQuery = frameworkQuery.extend({ view: z.enum(["list", "matrix"]).optional() });

export const comparePageQuery = momentQuerySchema.extend({ layer: layerSchema.optional(), change: compareRowSchema.shape.change.optional() });

export const sourcesPageQuery = momentQuerySchema.extend({ view: z.enum(["read", "gaps", "off", "others"]).optional() });

export const settingsPageQuery = momentQuerySchema.extend({ tune: z.string().max(100).optional().describe("the control that is being tuned") });

export const snapshotsPageQuery = listSnapshotsQuery.extend(momentQuerySchema.shape);
