import { z } from "zod";
import { RELATIONS } from "../model/relation";
import { findingRowSchema, yamlSchema } from "./findings";
import {
  instantSchema,
  layerSchema,
  listOf,
  momentSchema,
  pageQuerySchema,
  resourceRefSchema,
  scopeSchema,
  severityCountsSchema,
  severitySchema,
} from "./words";

export const listResourcesQuery = pageQuerySchema.extend({
  kind: listOf(z.string()),
  namespace: listOf(z.string()),
  scope: z.enum(["workload", "platform"]).optional(),
  failing: z.enum(["true"]).optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(["name", "kind", "namespace", "findings", "changed"]).optional(),
});
export type ListResourcesQuery = z.infer<typeof listResourcesQuery>;

const resourceRowSchema = z.object({
  key: z.string(),
  ref: resourceRefSchema,
  scope: scopeSchema,
  open: severityCountsSchema,
  worst: severitySchema.nullable(),
  firstSeenAt: instantSchema,
  goneAt: instantSchema.nullable(),
  changedAt: instantSchema,
  isStale: z.boolean().describe("it could not be read in this snapshot, and is shown as it last was"),
});
export type ResourceRow = z.infer<typeof resourceRowSchema>;

export const listResourcesResponse = z.object({
  moment: momentSchema,
  rows: z.array(resourceRowSchema),
  nextCursor: z.string().nullable(),
  matching: z.number().int(),
  failing: z.number().int().describe("of the matching ones, with open findings"),
  stale: z.number().int().describe("of the matching ones, shown as they last were"),
  total: z.number().int(),
  openElsewhere: z.number().int().describe("open findings on none of all: on the cluster as a whole, and on identities that a binding names without an object"),
  facets: z.object({
    kind: z.array(z.object({ value: z.string(), count: z.number().int() })),
    namespace: z.array(z.object({ value: z.string(), count: z.number().int() })),
  }),
});
export type ListResourcesResponse = z.infer<typeof listResourcesResponse>;

/** What fails on the objects that one hangs on: none of it counts among the object's own. */
const relatedSchema = z.object({
  findings: z
    .array(
      findingRowSchema.extend({
        relation: z
          .enum(RELATIONS)
          .describe(
            "account = it runs as it; rights = a binding, or a group, that gives its account rights; namespace = it is in it; policy = a NetworkPolicy that selects its pods; entry = leads to it; config = it names it; target = what it leads to; user = runs as it",
          ),
        failure: z.string().describe("what is wrong, after the name of the object"),
      }),
    )
    .describe("open ones, the five worst first"),
  failing: z.number().int().describe("all of them"),
  notAssessed: z.number().int(),
  more: z
    .array(z.object({ ref: resourceRefSchema, failing: z.number().int() }))
    .describe("the five objects that have most of those that are not among `findings`"),
  unread: z
    .array(z.object({ kinds: z.array(z.string()), reason: z.string() }))
    .describe("kinds without which some of these objects, or what fails on them, may be missing"),
});

/** One ring of a single object: the share of its controls that are met (it has no score). */
const resourceRingSchema = z.object({
  layer: layerSchema,
  met: z.number().int(),
  isMetKnown: z.boolean().describe("false: it may meet some, and more objects than a page looks at tell which; what fails is whole"),
  failing: z.number().int(),
  staleMet: z.number().int().describe("of the met ones, those that could not be asked again in this snapshot"),
  staleFailing: z.number().int().describe("of the failing ones, likewise"),
  notAssessed: z.number().int(),
  worst: severitySchema.nullable(),
  findings: z.array(findingRowSchema),
  facts: z.array(z.object({ name: z.string(), value: z.string(), href: z.string().nullable() })),
  related: relatedSchema,
});

/** What each container of a workload runs with, the container's own value before the pod's. */
const containerSettingsSchema = z.object({
  containers: z.array(z.object({ name: z.string(), role: z.enum(["container", "init", "sidecar"]), image: z.string() })),
  rows: z.array(
    z.object({
      setting: z.string(),
      control: z.string(),
      shouldHold: z.string(),
      cells: z.array(
        z.object({
          value: z.string(),
          severity: severitySchema.nullable().describe("of the failure; null = met, when `isTold`"),
          isTold: z
            .boolean()
            .describe("false: no control could be asked, is in force or applies, or one names so many containers that the others are not told"),
          isCovered: z.boolean().describe("says nothing of its own: a privileged container has it all"),
        }),
      ),
    }),
  ),
});
export type ContainerSettings = z.infer<typeof containerSettingsSchema>;

export const resourceResponse = z.object({
  moment: momentSchema,
  key: z.string(),
  ref: resourceRefSchema,
  scope: scopeSchema,
  labels: z.record(z.string(), z.string()),
  owner: z.string().nullable().describe("Helm release, Argo CD application, Flux, or operator"),
  firstSeenAt: instantSchema,
  goneAt: instantSchema.nullable(),
  unread: z
    .object({ kind: z.string(), reason: z.string() })
    .nullable()
    .describe("the kind without which it could not be judged in this snapshot, and why: everything here is as it last was; null when it was judged"),
  rings: z.array(resourceRingSchema),
  settings: containerSettingsSchema.nullable().describe("null for objects without containers"),
  yaml: yamlSchema.nullable(),
  versions: z
    .array(
      z.object({
        fromSeq: z.number().int(),
        takenAt: instantSchema,
        goneAt: instantSchema.nullable().describe("when the object was found gone after it; null = the next version followed, or it is what there is"),
      }),
    )
    .describe("newest first, at most 200"),
  versionsTotal: z.number().int(),
});
export type ResourceResponse = z.infer<typeof resourceResponse>;
