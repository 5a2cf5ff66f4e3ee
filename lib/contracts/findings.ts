import { z } from "zod";
import { silentTimesSchema } from "./score";
import { tunedCountsSchema, tuningSchema } from "./tuning";
import {
  evidenceSchema,
  instantSchema,
  layerSchema,
  listOf,
  momentSchema,
  namedClauseSchema,
  pageQuerySchema,
  resourceRefSchema,
  scopeSchema,
  severitySchema,
  snapshotStampSchema,
} from "./words";

export const FINDING_STATES = ["open", "manual", "waived", "unknown"] as const;
const FINDING_SORTS = ["severity", "age", "control", "object", "points"] as const;
const AGE_BINS = ["0-7", "8-30", "31-90", "91-180", "over-180"] as const;
const FINDING_TABS = ["all", "opened", "closed"] as const;
const ASSESSED = ["now", "last", "not"] as const;

export const listFindingsQuery = pageQuerySchema.extend({
  severity: listOf(severitySchema),
  layer: listOf(layerSchema),
  state: listOf(z.enum(FINDING_STATES)).describe("not heeded in a list of what opened or closed, which has what failed"),
  control: listOf(z.string().max(100)),
  namespace: listOf(z.string().max(253)).describe('"-" = cluster-wide objects'),
  kind: listOf(z.string().max(100)),
  age: listOf(z.enum(AGE_BINS)),
  assessed: listOf(z.enum(ASSESSED)).describe("now = in this snapshot, last = not again, and shown as it last was, not = not assessed"),
  scope: listOf(scopeSchema),
  resource: z.string().max(600).optional().describe("resource key"),
  tab: z.enum(FINDING_TABS).optional().describe("opened / closed = between since and at"),
  q: z.string().max(200).optional(),
  group: z
    .enum(["control", "object"])
    .optional()
    .describe("findings of one control or object side by side, groups and what is in them in the order of `severity`; `sort` and `order` are not heeded then"),
  sort: z.enum(FINDING_SORTS).optional().describe("severity when left out; within one severity what costs most points comes first, then namespace and name"),
});
export type ListFindingsQuery = z.infer<typeof listFindingsQuery>;

export const findingRowSchema = z.object({
  id: z.string(),
  control: z.string(),
  title: z.string().describe("what should hold"),
  severity: severitySchema,
  layer: layerSchema,
  state: z.enum(FINDING_STATES),
  isOpen: z.boolean(),
  isStale: z.boolean(),
  staleReason: z.string().nullable().describe("why it could not be assessed in this snapshot and is shown as it last was"),
  scope: scopeSchema,
  resource: resourceRefSchema,
  read: z.string().describe("what was read: the first field and its value"),
  evidenceCount: z.number().int(),
  points: z.number().nullable().describe("points that it costs, null when it is in no score or closed"),
  isPointsBracketed: z.boolean().describe("another finding under the same cap already shows the gain"),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  ageDays: z.number(),
});
export type FindingRow = z.infer<typeof findingRowSchema>;

const facetSchema = z.array(z.object({ value: z.string(), count: z.number().int() }));

export const listFindingsResponse = z.object({
  moment: momentSchema,
  rows: z.array(findingRowSchema),
  nextCursor: z.string().nullable(),
  matching: z.number().int(),
  total: z.number().int().describe("open findings without any filter"),
  totalPlatform: z.number().int().describe("of `total`, those of the platform, which scores separately"),
  platform: z
    .object({ matching: z.number().int(), critical: z.number().int(), high: z.number().int() })
    .describe("of the matching ones, those of the platform, and the worst of these"),
  openedSince: z.number().int().describe("of the matching ones"),
  tuned: tunedCountsSchema,
  tabs: z.object({
    all: z.number().int(),
    criticalHigh: z.number().int(),
    opened: z.number().int(),
    closed: z.number().int(),
    manual: z.number().int(),
    unknown: z.number().int(),
  }),
  facets: z.object({
    severity: facetSchema,
    layer: facetSchema,
    state: facetSchema,
    age: facetSchema,
    namespace: facetSchema,
    kind: facetSchema,
    control: facetSchema,
    scope: facetSchema,
    assessed: facetSchema,
  }),
});
export type ListFindingsResponse = z.infer<typeof listFindingsResponse>;

export const exportFindingsQuery = listFindingsQuery.omit({ cursor: true, limit: true }).extend({ format: z.enum(["csv", "json"]) });

/** A finding as a row of a file: it must be understood without the page that it came from, and lead to the moment of the file. */
export const exportFindingsResponse = z.array(
  findingRowSchema.extend({
    wasAssessed: z
      .boolean()
      .nullable()
      .describe(
        "of a list of what opened: whether it could be told then, at `since`; where it could not, it may have failed already. null = of any other list",
      ),
    cluster: z.string(),
    snapshot: z.number().int().nullable(),
    takenAt: instantSchema.nullable(),
    link: z.string(),
  }),
);
export type ExportFindingsResponse = z.infer<typeof exportFindingsResponse>;

const spanSchema = z.object({
  from: snapshotStampSchema,
  to: snapshotStampSchema.nullable().describe("null = still so at the latest snapshot"),
  state: z
    .enum([...FINDING_STATES, "not-assessed", "covered"])
    .describe("covered = another finding showed the same; not-assessed = could not be judged again: it stayed open as it last was"),
  severity: severitySchema,
  cause: z
    .string()
    .nullable()
    .describe("why it ended: fixed, resource-gone, finished, subsumed, not-applicable, settings, not-assessed, assessed (it was an open question), ..."),
});

const TRIED_ON = ["all", "rights", "object"] as const;

const patchSchema = z.object({
  title: z.string(),
  target: resourceRefSchema.nullable(),
  diff: z.array(z.object({ kind: z.enum(["same", "add", "del", "fold"]), text: z.string() })),
  kubectl: z.string(),
  jsonPatch: z.string().nullable(),
  manifest: z.string().nullable().describe("YAML to apply"),
  risk: z.enum(["none", "restart", "may-break"]),
  note: z.string().nullable(),
  proof: z
    .object({
      turnsGreen: z.boolean().nullable().describe("null = with the patch it could not be assessed"),
      breaks: z.array(z.string()).describe("titles of controls that passed and fail with the patch"),
      uncovers: z.array(z.string()).describe("titles of controls that did not apply and fail with the patch"),
      elsewhere: z
        .array(z.object({ title: z.string(), resource: resourceRefSchema, message: z.string() }))
        .describe("of these, what starts to fail on other objects than the subject, and the first thing that is wrong with it; at most five"),
      unmasks: z.array(z.string()).describe("titles of controls whose failure counted as part of another, and counts by itself with the patch"),
    })
    .nullable()
    .describe("what trying the patch on the snapshot showed; null = it was not tried, or could not be"),
  triedOn: z
    .enum(TRIED_ON)
    .nullable()
    .describe("what was judged again: all that the patch can change, the rights of the cluster alone, the object alone; null = not tried"),
  untold: z
    .string()
    .nullable()
    .describe(
      "one sentence: why it was not tried, or what was not judged again beside the object itself; null = all that the patch can change was judged again",
    ),
  managedBy: z.string().nullable().describe("Helm, Argo CD, Flux or an operator: change it at the source"),
});

export const yamlSchema = z.object({ text: z.string(), marks: z.array(z.object({ line: z.number().int(), path: z.string(), message: z.string() })) });

const gainSchema = z.object({
  points: z.number().nullable().describe("what it costs, as lists show it; null = it is in no score itself, its patch moves some"),
  isBracketed: z.boolean().describe("another finding under the same cap already shows the gain"),
  isTried: z.boolean().describe("the patch was applied to the snapshot and all that it changes judged again; false = this finding alone is counted as fixed"),
  isScored: z.boolean().describe("its layer has a score; false = too little of it is assessed, and from and to are of what is"),
  from: z.number(),
  to: z.number().describe("score of its layer with the fix"),
  change: z.number().describe("points that the layer gains; negative = loses"),
  isCapped: z.boolean().describe("the change counts once what holds the layer at its cap is fixed"),
  others: z
    .array(z.object({ layer: layerSchema, scope: scopeSchema, from: z.number(), to: z.number() }))
    .describe("scores of other layers, or of the other scope, that the fix changes"),
});

export const findingResponse = z.object({
  moment: momentSchema,
  id: z.string(),
  control: z.string(),
  tuning: tuningSchema.describe("of its control"),
  title: z.string().describe("states the failure"),
  shouldHold: z.string(),
  why: z.string(),
  fix: z.string(),
  verify: z.string(),
  lookFor: z.string().nullable().describe("how to read what the command in `verify` prints"),
  severity: severitySchema,
  layer: layerSchema,
  scope: scopeSchema,
  state: z
    .enum([...FINDING_STATES, "fixed", "not-failing", "covered", "gone", "not-assessed", "not-yet"])
    .describe(
      "at the moment of the page; not-failing = it is judged and does not fail, but nobody fixed it: the settings or its control changed, its Job is over, its control does not apply there any more, or it was mended while another finding showed the same; covered = another finding shows the same",
    ),
  stateNow: z.enum([...FINDING_STATES, "fixed", "not-failing", "covered", "gone", "not-assessed"]),
  isStale: z.boolean(),
  staleReason: z.string().nullable().describe("why it could not be assessed in this snapshot and is shown as it last was"),
  reason: z.string().nullable(),
  isSwitchedOff: z.boolean().describe("its control waits for a source that nobody switched on: in no score, and no gap"),
  story: z.array(z.string()).describe("what happened since, in sentences"),
  resource: resourceRefSchema,
  resourceGone: z.boolean(),
  isResourceLater: z.boolean().describe("its object was not known yet at this moment, which has no page of it"),
  gain: gainSchema.nullable(),
  openedAt: instantSchema.nullable(),
  firstSeenAt: instantSchema.describe("first shown by itself; it fails since earlier where another finding showed the same before"),
  rememberedSince: instantSchema.describe("first snapshot of the cluster: nothing is known of any time before"),
  closedAt: instantSchema.nullable(),
  ageDays: z.number().nullable(),
  evidence: z.array(evidenceSchema),
  yaml: yamlSchema.nullable(),
  patch: patchSchema.nullable(),
  spans: z.array(spanSchema),
  unjudged: z
    .array(spanSchema.pick({ from: true, to: true }))
    .describe("when its control judged nothing, because what it needs could not be read: no span there is no pass"),
  silent: silentTimesSchema,
  setBy: z.array(z.object({ path: z.string(), manager: z.string(), operation: z.string(), at: instantSchema.nullable() })),
  elsewhere: z
    .object({
      isJudged: z.boolean().describe("its control is in force at this moment"),
      failing: z.number().int(),
      passing: z.number().int(),
      notAssessed: z.number().int(),
      manual: z.number().int().describe("need review by a person"),
      subsumed: z.number().int().describe("fail under another control, which shows the same"),
      platform: z.number().int().describe("of those that fail or pass, how many are on the platform"),
      rows: z.array(findingRowSchema),
    })
    .describe("subjects of the control, of workloads and of the platform, with this one; rows are others that fail"),
  frameworks: z.array(namedClauseSchema),
});
export type FindingResponse = z.infer<typeof findingResponse>;
export type FindingPatch = z.infer<typeof patchSchema>;
