import type { KubeVersion } from "../../inventory/inventory";
import { NODE_SIGNER, namesClientSigner } from "./client-signers";
import type { Held, HeldByScope, HeldCapabilities } from "./held-capabilities";
import { type CapabilityName, isGetEnough } from "./rights-asks";

/** 1 = takes the cluster in one step, 2 = nodes or all secrets, 3 = one namespace, 4 = integrity, 5 = information, 6 = none. */
export type PowerClass = 1 | 2 | 3 | 4 | 5 | 6;

/** Acting as service accounts: of one namespace, of all (null), or only those named there; or as the people and groups of these names. */
export interface ActAs {
  readonly namespace: string | null;
  readonly names: readonly string[] | null;
  readonly isOfPeople?: boolean;
  /** Never weaker than this, whoever they are. */
  readonly atLeast: PowerClass;
}

export interface DirectPower {
  readonly power: PowerClass;
  /** In a privileged namespace these give the whole cluster. */
  readonly rulesNamespaces: readonly string[];
  readonly actsAs: readonly ActAs[];
}

const CLUSTER_CLASS: Partial<Record<CapabilityName, PowerClass>> = {
  everything: 1,
  impersonateUsers: 1,
  impersonateAccounts: 1,
  nodeProxy: 1,
  mutateAdmission: 1,
  validateAdmission: 2,
  secretRead: 2,
  workloadWrite: 2,
  mutateInNamespace: 2,
  podExec: 2,
  podExecByGet: 2,
  ephemeralContainers: 2,
  volumeCreate: 2,
  namespaceWrite: 2,
  nodeWrite: 3,
  nodeSettings: 2,
  configMapWrite: 2,
  extensionWrite: 2,
  networkWrite: 3,
  bulkDelete: 4,
  sensitiveRead: 5,
};

const NAMESPACE_CLASS: Partial<Record<CapabilityName, PowerClass>> = {
  everything: 3,
  secretRead: 3,
  podExec: 3,
  podExecByGet: 3,
  namespaceWrite: 3,
  nodeWrite: 4,
  networkWrite: 4,
  bulkDelete: 4,
  sensitiveRead: 5,
};

/** Where rules name what it is held over: one node, one namespace, one webhook that is there already. */
const NAMED_CLASS: Partial<Record<CapabilityName, PowerClass>> = { nodeProxy: 2, mutateAdmission: 2, validateAdmission: 3, namespaceWrite: 3, nodeSettings: 2 };

const ACTING: readonly { readonly name: CapabilityName; readonly atLeast: PowerClass; readonly isByName: boolean }[] = [
  { name: "tokenRequest", atLeast: 3, isByName: true },
  { name: "storeWrite", atLeast: 3, isByName: false },
  { name: "impersonateAccounts", atLeast: 6, isByName: true },
  // A pod of one's own mounts every Secret and every volume of its namespace.
  { name: "mutateByEngine", atLeast: 2, isByName: false },
  { name: "mutateInNamespace", atLeast: 3, isByName: false },
  { name: "workloadWrite", atLeast: 3, isByName: false },
  { name: "podExec", atLeast: 3, isByName: false },
  { name: "podExecByGet", atLeast: 3, isByName: false },
  { name: "ephemeralContainers", atLeast: 3, isByName: false },
];

const SECRETS = ["secretCreate", "secretRead", "secretChange"] as const satisfies readonly CapabilityName[];

const NONE: HeldCapabilities = new Map();

function listActs(held: HeldCapabilities, namespace: string | null, clusterWide: HeldCapabilities, groups?: Held): readonly ActAs[] {
  const holds = (name: CapabilityName) => held.has(name) || clusterWide.has(name);
  const acts: ActAs[] = ACTING.flatMap(({ name, atLeast, isByName }): readonly ActAs[] => {
    const own = held.get(name);
    return own ? [{ namespace, names: isByName && !own.isUnnamed ? [...own.names] : null, atLeast }] : [];
  });
  const people = [...(held.get("impersonateUsers")?.names ?? []), ...(groups?.names ?? [])];
  if (people.length > 0) acts.push({ namespace, names: people, isOfPeople: true, atLeast: 6 });
  // A made token is read, or comes back in the answer to a change.
  const isHeldHere = SECRETS.some((name) => held.has(name));
  if (isHeldHere && holds("secretCreate") && (holds("secretRead") || holds("secretChange"))) acts.push({ namespace, names: null, atLeast: 3 });
  return acts;
}

/** Widens roles that it may write, or hands out any role by bindings that it may write. */
function rulesRoles(clusterWide: HeldCapabilities, here: HeldCapabilities): boolean {
  const scopes = [clusterWide, here];
  const covers = (name: CapabilityName, resource: string) => scopes.some((held) => held.get(name)?.resources.has(resource));
  if (["roles", "clusterroles"].some((kind) => covers("escalate", kind) && covers("roleWrite", kind))) return true;
  const bindsAll = (bind: Held | undefined) => bind !== undefined && (bind.isUnnamed || bind.names.has("cluster-admin"));
  if (covers("bindingWrite", "rolebindings") && scopes.some((held) => bindsAll(held.get("bind")))) return true;
  const bind = clusterWide.get("bind");
  return covers("bindingWrite", "clusterrolebindings") && bindsAll(bind) && bind?.resources.has("clusterroles") === true;
}

function strongest(held: HeldCapabilities, table: Partial<Record<CapabilityName, PowerClass>>): PowerClass {
  let power: PowerClass = 6;
  for (const [name, { isUnnamed }] of held) {
    const own = isUnnamed ? table[name] : NAMED_CLASS[name];
    if (own !== undefined && own < power) power = own;
  }
  return power;
}

/** The groups that it may act as: with a user or an account that it may act as, wherever that is. */
function findGroups(scopes: HeldByScope): Held | undefined {
  const clusterWide = scopes.get(null);
  const isSomebody = clusterWide?.has("impersonateUsers") || [...scopes.values()].some((held) => held.has("impersonateAccounts"));
  return isSomebody ? clusterWide?.get("impersonateGroups") : undefined;
}

function clusterPower(held: HeldCapabilities, groups: Held | undefined): PowerClass {
  if (rulesRoles(held, NONE) || groups?.isUnnamed || groups?.names.has("system:masters")) return 1;
  const power = strongest(held, CLUSTER_CLASS);
  const signer = held.get("signerApprove");
  if (!held.has("csrApproval") || !signer) return power;
  const isAnyUser = signer.isUnnamed || namesClientSigner([...signer.names]);
  if (isAnyUser && held.has("csrCreate")) return 1;
  // Whoever also asks for them may be any node, and has the Secrets of its pods.
  const isAnyNode = held.has("csrCreate") && signer.names.has(NODE_SIGNER);
  return isAnyUser || isAnyNode ? (Math.min(power, 2) as typeof power) : power; // safe: the smaller of two classes is one
}

/** Without what gives nothing on an API server of this version. */
function heldBy(scopes: HeldByScope, version: KubeVersion | null): HeldByScope {
  if (isGetEnough(version) || ![...scopes.values()].some((held) => held.has("podExecByGet"))) return scopes;
  return new Map([...scopes].map(([scope, held]) => [scope, new Map([...held].filter(([name]) => name !== "podExecByGet"))]));
}

/** What an identity can by what it holds itself; acting as others comes on top (power). */
export function toDirectPower(all: HeldByScope, version: KubeVersion | null): DirectPower {
  const scopes = heldBy(all, version);
  const clusterWide = scopes.get(null) ?? NONE;
  const groups = findGroups(scopes);
  let power = clusterPower(clusterWide, groups);
  const actsAs = [...listActs(clusterWide, null, NONE, groups)];
  const rulesNamespaces: string[] = [];
  for (const [namespace, held] of scopes) {
    if (namespace === null) continue;
    const isAdmin =
      held.get("everything")?.isUnnamed === true ||
      ((held.has("escalate") || held.has("bind") || held.has("roleWrite") || held.has("bindingWrite")) && rulesRoles(clusterWide, held));
    if (isAdmin) rulesNamespaces.push(namespace);
    const local = isAdmin ? 3 : strongest(held, NAMESPACE_CLASS);
    const isSystemConfig = namespace === "kube-system" && held.get("configMapWrite")?.isUnnamed === true;
    const here = isSystemConfig && local > 2 ? 2 : local;
    if (here < power) power = here;
    actsAs.push(...listActs(held, namespace, clusterWide));
  }
  return { power, rulesNamespaces, actsAs };
}
