import { z } from "zod";
import { momentQuerySchema, momentSchema, resourceRefSchema, scopeSchema } from "./words";

const NETWORK_VIEWS = ["matrix", "workload", "policy"] as const;

const stateSchema = z
  .enum(["open", "restricted", "closed", "unknown"])
  .describe("open = on every port; restricted = some ports or some pairs; unknown = cannot be told");
const callersSchema = z.enum(["cluster", "named"]).describe("whom Services stay open to: every pod, or those whose settings name them");
const workloadParam = z.string().max(600).describe("<namespace>/<Kind>/<name>");

export const networkMatrixQuery = momentQuerySchema.extend({
  find: z.string().max(253).optional().describe("part of the name of a namespace"),
  limit: z.coerce.number().int().min(1).max(200).optional().describe("of more than these, those that are most open are shown"),
});
export const networkPairQuery = momentQuerySchema.extend({
  from: z.string().max(253).describe("a namespace, or ~ for the outside"),
  to: z.string().max(253).describe("a namespace, or ~ for the outside"),
});
export const networkWorkloadQuery = momentQuerySchema.extend({ workload: workloadParam.optional().describe("left out = only the names to choose from") });
export const networkPolicyQuery = momentQuerySchema.extend({
  workload: workloadParam.optional(),
  namespace: z.string().max(253).optional().describe("all workloads of a namespace; counts where no workload is given"),
  callers: callersSchema.optional(),
});
/** Whose questions a parameter of the page is part of, by `by`. */
const ASKED_BY = {
  find: ["matrix"],
  limit: ["matrix"],
  from: ["matrix"],
  to: ["matrix"],
  workload: ["workload", "policy"],
  namespace: ["policy"],
  callers: ["policy"],
} as const satisfies Readonly<Record<string, readonly (typeof NETWORK_VIEWS)[number][]>>;

/** All that the address of the page may ask. What its question does not heed is refused, as the endpoints do: another question would be answered. */
export const networkPageQuery = networkMatrixQuery
  .extend({
    by: z.enum(NETWORK_VIEWS).optional(),
    from: z.string().max(253).optional(),
    to: z.string().max(253).optional(),
    workload: workloadParam.optional(),
    namespace: z.string().max(253).optional(),
    callers: callersSchema.optional(),
  })
  .superRefine((asked, context) => {
    const { by = "matrix", from, to } = asked;
    for (const [name, views] of Object.entries(ASKED_BY)) {
      if (asked[name as keyof typeof ASKED_BY] === undefined || views.some((view) => view === by)) continue;
      context.addIssue({ code: "custom", path: [name], message: `it is part of ${views.map((view) => `by=${view}`).join(" and ")} alone` });
    }
    if (from !== undefined && to !== undefined)
      for (const name of ["find", "limit"] as const)
        if (asked[name] !== undefined) context.addIssue({ code: "custom", path: [name], message: "it is part of all namespaces together, not of from and to" });
    if (from !== undefined && to === undefined) context.addIssue({ code: "custom", path: ["from"], message: "to, the other end, is missing" });
    if (to !== undefined && from === undefined) context.addIssue({ code: "custom", path: ["to"], message: "from, the other end, is missing" });
  });

const gapSchema = z.object({ reason: z.string(), action: z.string().nullable() });

const frameSchema = z.object({
  moment: momentSchema,
  notAssessed: gapSchema.nullable(),
  enforcement: z.object({
    enforces: z.boolean().nullable().describe("null = not known"),
    plugin: resourceRefSchema.nullable(),
    because: z.string(),
    isolatesAll: z.boolean().describe("the plugin is set to close what no policy allows, which is not counted in"),
  }),
  policies: z.object({
    count: z.number().int(),
    unread: z.array(resourceRefSchema).describe("policies that could not be interpreted"),
    gaps: z
      .array(gapSchema.extend({ kind: z.string() }))
      .describe("kinds of policies and networks that could not be read: what one of them may decide is unknown"),
  }),
  unread: z.array(z.string()).describe("kinds of workloads that could not be read, so that theirs are left out"),
});
export type NetworkFrame = z.infer<typeof frameSchema>;

const cellSchema = z.object({
  state: stateSchema,
  pairs: z.number().int().describe("pairs of workloads"),
  openPairs: z.number().int(),
  closedPairs: z.number().int(),
  unknownPairs: z.number().int(),
});
const rowSchema = z.object({ from: z.string(), scope: scopeSchema.nullable(), cells: z.array(cellSchema.nullable()) });
export type NetworkMatrixRow = z.infer<typeof rowSchema>;

export const networkMatrixResponse = frameSchema.extend({
  columns: z.array(z.string()).describe("receivers, in the order of the cells; ~ = the outside"),
  rows: z.array(rowSchema),
  namespaces: z.number().int().describe("that hold workloads"),
  matching: z.number().int(),
  workloads: z.number().int(),
  counts: z
    .object({ open: z.number().int(), restricted: z.number().int(), closed: z.number().int(), unknown: z.number().int() })
    .describe("pairs of different namespaces"),
});
export type NetworkMatrixResponse = z.infer<typeof networkMatrixResponse>;

const endSchema = z.object({ namespace: z.string().nullable().describe("null = the outside"), count: z.number().int(), members: z.array(resourceRefSchema) });
const whySchema = z.object({
  direction: z.enum(["ingress", "egress"]),
  kind: z.enum(["open", "host", "outside", "rule", "closed", "unknown"]),
  objects: z.array(resourceRefSchema),
  objectCount: z.number().int(),
  path: z.string().nullable(),
  message: z.string(),
});
export type NetworkWhy = z.infer<typeof whySchema>;

const lineSchema = z.object({
  verdict: z.enum(["allowed", "closed", "some", "unknown"]).describe("some = to or from some addresses or nodes only"),
  spans: z.array(z.object({ protocol: z.enum(["TCP", "UDP", "SCTP"]), from: z.number().int(), to: z.number().int() })),
  because: z.array(whySchema),
});
export type NetworkLine = z.infer<typeof lineSchema>;

const reachRowSchema = z.object({
  state: stateSchema,
  from: z.array(endSchema),
  fromCount: z.number().int().describe("namespaces, the outside included"),
  to: z.array(endSchema),
  toCount: z.number().int(),
  lines: z.array(lineSchema),
});
export type NetworkRow = z.infer<typeof reachRowSchema>;

const rowsSchema = z.object({
  rows: z.array(reachRowSchema).describe("what is too much to be assessed first, then what is open"),
  rowCount: z.number().int(),
  closed: z
    .object({ namespaces: z.number().int(), workloads: z.number().int(), outside: z.boolean() })
    .describe("other ends that nothing passes from or to; they have no row"),
});
export type NetworkRows = z.infer<typeof rowsSchema>;

export const networkPairResponse = frameSchema.extend({ from: z.string(), to: z.string(), cell: cellSchema.nullable(), pair: rowsSchema });
export type NetworkPairResponse = z.infer<typeof networkPairResponse>;

const sideSchema = z.object({
  isLimited: z.boolean(),
  policies: z.array(resourceRefSchema),
  policyCount: z.number().int(),
  isWhole: z.boolean().describe("false = a policy of a kind that could not be read may limit it"),
});

const workloadSchema = z.object({
  ref: resourceRefSchema,
  scope: scopeSchema,
  isHostNetwork: z.boolean(),
  ingress: sideSchema,
  egress: sideSchema,
  incoming: rowsSchema,
  outgoing: rowsSchema,
});
export type NetworkWorkload = z.infer<typeof workloadSchema>;

const choicesSchema = z.object({ workloads: z.array(z.string()), namespaces: z.array(z.string()) });

export const networkWorkloadResponse = frameSchema.extend({ asked: z.string().nullable(), workload: workloadSchema.nullable(), choices: choicesSchema });
export type NetworkWorkloadResponse = z.infer<typeof networkWorkloadResponse>;

const reasonSchema = z.object({ message: z.string(), object: resourceRefSchema.nullable(), path: z.string().nullable() });
const peersSchema = z.object({
  kind: z.enum(["anywhere", "cluster", "pods", "outside"]),
  namespace: z.string().nullable(),
  labels: z.string().nullable().describe("as kubectl writes a selector; null = all pods"),
});
export type NetworkPeers = z.infer<typeof peersSchema>;

const ruleSchema = z.object({
  path: z.string(),
  direction: z.enum(["ingress", "egress"]),
  peers: z.array(peersSchema),
  ports: z
    .array(z.object({ protocol: z.string(), port: z.union([z.number().int(), z.string()]) }))
    .nullable()
    .describe("null = every port"),
  because: z.array(reasonSchema),
});
export type NetworkRule = z.infer<typeof ruleSchema>;

const proposalSchema = z.object({
  yaml: z.string(),
  policies: z.array(
    z.object({
      name: z.string(),
      directions: z.array(z.enum(["ingress", "egress"])),
      targets: z.array(resourceRefSchema),
      targetCount: z.number().int(),
      rules: z.array(ruleSchema),
    }),
  ),
  policyCount: z.number().int(),
  skipped: z.array(reasonSchema.extend({ directions: z.array(z.enum(["ingress", "egress"])) })),
  proof: z.object({
    needed: z.number().int().describe("connections that objects ask for and that are allowed today"),
    cut: z.number().int(),
    opened: z.number().int(),
    openBefore: z.number().int().describe("pairs of workloads, and of one with the outside, that some port is open between"),
    openAfter: z.number().int(),
    narrowed: z.number().int().describe("of those before, the ones on which some port closes"),
  }),
  isPlatform: z.boolean(),
});
export type NetworkProposal = z.infer<typeof proposalSchema>;

export const networkPolicyResponse = frameSchema.extend({
  asked: z.object({ workload: z.string().nullable(), namespace: z.string().nullable(), callers: callersSchema }),
  isKnown: z.boolean().describe("false = nothing of that name runs here"),
  notProposed: gapSchema.nullable(),
  proposal: proposalSchema.nullable(),
  choices: choicesSchema,
});
export type NetworkPolicyResponse = z.infer<typeof networkPolicyResponse>;
