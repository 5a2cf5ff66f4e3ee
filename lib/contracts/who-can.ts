import { z } from "zod";
import { momentQuerySchema, momentSchema, resourceRefSchema } from "./words";

/**
 * Verbs and resources are lists with commas; a resource is written as kubectl does: `secrets`, `deploy`, `pods/exec`, `deployments.apps`, `*.*`,
 * or a path of the API server: `/metrics`.
 */
export const whoCanQuery = momentQuerySchema.extend({
  by: z.enum(["capability", "object", "subject"]).optional(),
  verb: z.string().max(200).optional(),
  resource: z.string().max(400).optional(),
  namespace: z.string().max(253).optional().describe("left out = in the whole cluster"),
  name: z.string().max(253).optional().describe("left out = any object"),
  subject: z.string().max(600).optional().describe("ServiceAccount/<namespace>/<name>, User/<name> or Group/<name>"),
});
export type WhoCanQuery = z.infer<typeof whoCanQuery>;

const identitySchema = z.object({ kind: z.enum(["User", "Group", "ServiceAccount"]), namespace: z.string().nullable(), name: z.string() });
const powerSchema = z.number().int().min(1).max(6).describe("1 = can take over the cluster, 6 = none");

const rightPathSchema = z.object({
  binding: resourceRefSchema,
  subjectIndex: z.number().int(),
  role: resourceRefSchema,
  sourceRole: resourceRefSchema.nullable().describe("the role that an aggregated rule came from"),
  ruleIndex: z.number().int(),
  verbs: z.array(z.string()),
  resources: z.array(z.string()).describe("with group: deployments.apps; paths of the API server as they are"),
  inert: z.array(z.string()).describe("what the rule names too and a RoleBinding cannot give: it has no namespace"),
  names: z.array(z.string()).describe("only these objects; empty = all"),
  namespace: z.string().nullable().describe("null = the whole cluster"),
  via: z.string().nullable().describe("the group that brings it; null = named itself"),
});
export type RightPath = z.infer<typeof rightPathSchema>;

const holderSchema = z.object({
  identity: identitySchema,
  account: resourceRefSchema.nullable().describe("the service account, when it exists"),
  members: z.number().int().nullable().describe("service accounts in the group; null = not a group of them"),
  power: powerSchema,
  isPlatform: z.boolean(),
  reach: z.enum(["cluster", "namespace"]),
  paths: z.array(rightPathSchema),
  pathCount: z.number().int(),
});
export type WhoCanHolder = z.infer<typeof holderSchema>;

const questionSchema = z.object({
  by: z.enum(["capability", "object", "subject"]),
  verb: z.string(),
  resource: z.string(),
  namespace: z.string().nullable(),
  name: z.string().nullable(),
  subject: identitySchema.nullable(),
});
export type WhoCanAsked = z.infer<typeof questionSchema>;

const subjectSchema = z.object({
  identity: identitySchema,
  account: resourceRefSchema.nullable(),
  isKnown: z.boolean().describe("some binding names it, or it exists"),
  power: powerSchema,
  groups: z.array(z.string()),
  rights: z.array(rightPathSchema),
  rightCount: z.number().int(),
  workloads: z
    .array(z.object({ ref: resourceRefSchema, mountsToken: z.boolean() }))
    .nullable()
    .describe("null = not a service account, or not all of its namespace was or can be looked at"),
});
export type WhoCanSubject = z.infer<typeof subjectSchema>;

export const whoCanResponse = z.object({
  moment: momentSchema,
  question: questionSchema,
  notAssessed: z.object({ reason: z.string(), action: z.string().nullable() }).nullable(),
  holders: z.array(holderSchema),
  holderCount: z.number().int(),
  subject: subjectSchema.nullable(),
  unknownResources: z.array(z.string()).describe("of what was asked about: no kind that was read and no rule is called so"),
  isNamespaceUnknown: z.boolean().describe("no namespace of the snapshot is called like the one that was asked about"),
  areAccountsRead: z.boolean().describe("false = whether a service account exists cannot be told"),
  choices: z.object({ namespaces: z.array(z.string()), subjects: z.array(z.string()) }),
});
export type WhoCanResponse = z.infer<typeof whoCanResponse>;
