import { z } from "zod";
import { momentQuerySchema, momentSchema, resourceRefSchema, scopeSchema } from "./words";

const levelSchema = z.enum(["privileged", "baseline", "restricted"]);
const stepSchema = z.enum(["baseline", "restricted"]);

const POD_SECURITY_SHOWS = ["all", "step", "blocked", "overreach"] as const;

export const listPodSecurityQuery = momentQuerySchema.extend({
  show: z
    .enum(POD_SECURITY_SHOWS)
    .optional()
    .describe("step = could enforce more today; blocked = something stands in the way; overreach = enforces more than what runs meets"),
  after: z.string().max(253).optional().describe("name of the last namespace of the page before; send the snapshot of that page as `at` with it"),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export type ListPodSecurityQuery = z.infer<typeof listPodSecurityQuery>;

const cursorSchema = z.string().max(20).optional();

export const podSecurityQuery = momentQuerySchema.extend({
  baseline: cursorSchema.describe("`next.baseline` of the page before; send the snapshot of that page as `at` with it"),
  restricted: cursorSchema.describe("`next.restricted` of the page before; likewise"),
});
export type PodSecurityQuery = z.infer<typeof podSecurityQuery>;

const labelSchema = z.object({
  value: z.string().nullable().describe("as written; null = not labelled"),
  acts: levelSchema.describe("what admission makes of it"),
  version: z.string().nullable().describe("as written; null = not labelled, which acts as latest"),
});

const standingSchema = z.object({
  refused: z.number().int().describe("workloads whose pods the level would refuse, those under an exception included"),
  undecided: z.number().int().describe("workloads that could not be judged"),
});

const rowSchema = z.object({
  namespace: z.string(),
  scope: scopeSchema,
  labels: z.object({ enforce: labelSchema, audit: labelSchema, warn: labelSchema }),
  workloads: z.number().int(),
  baseline: standingSchema,
  restricted: standingSchema,
  meets: levelSchema.nullable().describe("the strictest level that would refuse none of its workloads; null = nobody can tell, as `unread` says"),
  step: stepSchema.nullable().describe("the level to label today: stricter than now, and it refuses nothing that is there"),
  blocked: stepSchema.nullable().describe("the next level, which something stands in the way of"),
  overreach: z.number().int().describe("workloads that run, and that what is enforced would refuse anew"),
  command: z.string().nullable().describe("labels `step`"),
  trial: z.string().nullable().describe("lets `blocked` warn and write to the audit log, without refusing; null: it does, or nothing is blocked"),
  engine: resourceRefSchema.nullable().describe("a policy that keeps privileged pods out in place of labels"),
});
export type PodSecurityRow = z.infer<typeof rowSchema>;

const gapSchema = z.object({ reason: z.string(), action: z.string().nullable() }).nullable();

const frameSchema = z.object({
  moment: momentSchema,
  notAssessed: gapSchema,
  unread: gapSchema.describe("kinds of workload that could not be read: what is said counts the others"),
  policyVersion: z.string().describe("version of the standards that the workloads were judged by"),
  isVersionKnown: z.boolean().describe("false: the server did not say its version, the newest checks were used"),
  defaults: resourceRefSchema.nullable().describe("an API server whose defaults for unlabelled namespaces are in a file that the API does not show"),
  off: resourceRefSchema.nullable().describe("an API server that has the plugin behind the labels switched off: they do nothing"),
  servesPodSecurityPolicy: z.boolean().describe("the server is older than 1.25"),
});

export const listPodSecurityResponse = frameSchema.extend({
  counts: z.object({ all: z.number().int(), step: z.number().int(), blocked: z.number().int(), overreach: z.number().int(), enforcing: z.number().int() }),
  rows: z.array(rowSchema),
  nextAfter: z.string().nullable(),
  commands: z.array(z.string()).describe("every command that could be run today, platform namespaces left out"),
});
export type ListPodSecurityResponse = z.infer<typeof listPodSecurityResponse>;

const fieldSchema = z.object({
  check: z.string().nullable().describe("as the admission plugin calls it"),
  path: z.string(),
  value: z.string().nullable(),
  message: z.string().describe("why the level refuses it"),
  container: z.string().nullable(),
  isRuntimeOnly: z.boolean().describe("in running pods, not in the template: something adds it at admission"),
});

const blockerSchema = z.object({
  finding: z.string(),
  resource: resourceRefSchema,
  state: z.enum(["refused", "waived", "undecided"]),
  reason: z.string().nullable().describe("of an undecided one"),
  fields: z.array(fieldSchema),
});
export type PodSecurityBlocker = z.infer<typeof blockerSchema>;

export const podSecurityResponse = frameSchema.extend({
  row: rowSchema.nullable().describe("null: not assessed"),
  baseline: z.array(blockerSchema).describe("what stands in the way of baseline"),
  restricted: z.array(blockerSchema).describe("what stands in the way of restricted, once baseline is met: its fields leave out those of baseline"),
  next: z
    .object({ baseline: z.string().nullable(), restricted: z.string().nullable() })
    .describe("where the next page of each level begins; null = this was the last"),
});
export type PodSecurityResponse = z.infer<typeof podSecurityResponse>;
