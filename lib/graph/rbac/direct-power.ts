import type { Grant } from "./principal";
import { createRightsFinder } from "./held-right";
import { ASKS, type CapabilityName } from "./rights-asks";

const find = createRightsFinder(ASKS);

/** 1 = takes the cluster in one step, 2 = nodes or all secrets, 3 = one namespace, 4 = integrity, 5 = information, 6 = none. */
export type PowerClass = 1 | 2 | 3 | 4 | 5 | 6;

/** Acting as service accounts: of one namespace, of all (null), or only those named there. */
export interface ActAs {
  readonly namespace: string | null;
  readonly names: readonly string[] | null;
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
  everything: 1, impersonatePeople: 1, nodeProxy: 1, mutateAdmission: 1, validateAdmission: 2, secretRead: 2, workloadWrite: 2, podExec: 2,
  ephemeralContainers: 2, volumeCreate: 2, namespaceWrite: 2, nodeWrite: 3, configMapWrite: 2, extensionWrite: 2, networkWrite: 3, bulkDelete: 4, sensitiveRead: 5,
};

const NAMESPACE_CLASS: Partial<Record<CapabilityName, PowerClass>> = {
  everything: 3, secretRead: 3, podExec: 3, namespaceWrite: 3, nodeWrite: 4, networkWrite: 4, bulkDelete: 4, sensitiveRead: 5,
};

const ACTING: readonly { readonly name: CapabilityName; readonly atLeast: PowerClass }[] = [
  { name: "tokenRequest", atLeast: 3 }, { name: "impersonateAccounts", atLeast: 6 }, { name: "workloadWrite", atLeast: 4 }, { name: "podExec", atLeast: 3 },
  { name: "ephemeralContainers", atLeast: 3 },
];

function toActAs(grants: readonly Grant[], namespace: string | null): readonly ActAs[] {
  const acts: ActAs[] = [];
  for (const { name, atLeast } of ACTING) {
    for (const { grant, isNamed } of find(grants, name)) {
      const isOfAccounts = name === "tokenRequest" || name === "impersonateAccounts";
      acts.push({ namespace, names: isNamed && isOfAccounts ? grant.rule.resourceNames : null, atLeast });
    }
  }
  const canMint = find(grants, "secretCreate").length > 0 && find(grants, "secretRead").length > 0;
  if (canMint) acts.push({ namespace, names: null, atLeast: 3 });
  return acts;
}

function rulesRoles(grants: readonly Grant[]): boolean {
  const holds = (name: CapabilityName) => find(grants, name).length > 0;
  return (holds("escalate") && holds("roleWrite")) || (find(grants, "bind").some((held) => !held.isNamed) && holds("bindingWrite"));
}

function powerOf(grants: readonly Grant[], table: Partial<Record<CapabilityName, PowerClass>>): PowerClass {
  let power: PowerClass = 6;
  for (const [name, value] of Object.entries(table) as [CapabilityName, PowerClass][]) {
    if (value < power && find(grants, name).some((held) => !held.isNamed)) power = value;
  }
  return power;
}

/** What grants make of an identity by themselves; acting as others comes on top (power). */
export function toDirectPower(grants: readonly Grant[]): DirectPower {
  const scopes = Map.groupBy(grants, (grant) => grant.namespace);
  const clusterWide = scopes.get(null) ?? [];
  const holds = (name: CapabilityName) => find(clusterWide, name).length > 0;
  let power = powerOf(clusterWide, CLUSTER_CLASS);
  if (rulesRoles(clusterWide)) power = 1;
  if (holds("csrApproval") && find(clusterWide, "signerApprove").some((held) => !held.isNamed)) power = holds("csrCreate") ? 1 : power < 2 ? power : 2;
  const actsAs = [...toActAs(clusterWide, null)];
  const rulesNamespaces: string[] = [];
  for (const [namespace, own] of scopes) {
    if (namespace === null) continue;
    const here = powerOf(own, NAMESPACE_CLASS);
    const isAdmin = find(own, "everything").length > 0 || rulesRoles([...clusterWide, ...own]);
    if (isAdmin) rulesNamespaces.push(namespace);
    const local: PowerClass = isAdmin ? 3 : here;
    if (local < power) power = local;
    if (namespace === "kube-system" && find(own, "configMapWrite").some((held) => !held.isNamed) && power > 2) power = 2;
    actsAs.push(...toActAs(own, namespace));
  }
  return { power, rulesNamespaces, actsAs };
}
