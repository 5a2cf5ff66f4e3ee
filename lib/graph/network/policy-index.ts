import type { KubeObject } from "../../inventory/kube-object";
import { isEmptySelector, matchesSelector } from "../../inventory/label-selector";
import { defineView } from "../../inventory/view";
import { type AdminPolicy, type AdminTier, matchesSelection, toAdminPolicy } from "./admin-policy";
import type { Direction, Endpoint } from "./endpoint";
import { type ForeignPolicies, toForeignPolicies } from "./foreign-policies";
import { type Policy, toPolicy } from "./policy";

/** Every policy of a set, by what it applies to. */
export interface PolicyIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;
  /** By priority, then name. */
  readonly admin: Readonly<Record<AdminTier, readonly AdminPolicy[]>>;
  /** Policies of Cilium and Calico. */
  readonly foreign: ForeignPolicies;
}

export function buildPolicyIndex(policies: readonly KubeObject[], others: readonly KubeObject[]): PolicyIndex {
  const byNamespace = Map.groupBy(policies.map(toPolicy), (policy) => policy.namespace);
  const admin: Record<AdminTier, AdminPolicy[]> = { Admin: [], Baseline: [] };
  const foreign: KubeObject[] = [];
  for (const object of others) {
    const policy = toAdminPolicy(object);
    if (policy) admin[policy.tier].push(policy);
    else foreign.push(object);
  }
  const order = (a: AdminPolicy, b: AdminPolicy) => a.priority - b.priority || a.object.ref.name.localeCompare(b.object.ref.name);
  return { byNamespace, admin: { Admin: admin.Admin.sort(order), Baseline: admin.Baseline.sort(order) }, foreign: toForeignPolicies(foreign) };
}

export const policyIndexView = defineView({
  reads: ["networkPolicies", "otherNetworkPolicies"],
  compute: ({ slices }) => buildPolicyIndex(slices.networkPolicies, slices.otherNetworkPolicies),
});

/** The NetworkPolicies that isolate a pod in one direction. */
export function listIsolating(index: PolicyIndex, pod: Pick<Endpoint, "namespace" | "labels">, direction: Direction): readonly Policy[] {
  return (index.byNamespace.get(pod.namespace) ?? []).filter((policy) => policy.isolates[direction] && matchesSelector(policy.podSelector, pod.labels));
}

/** True when some policy of the namespace selects by labels, so that a pod with unknown labels may be isolated. */
export function hasSelective(index: PolicyIndex, pod: Pick<Endpoint, "namespace">, direction: Direction): boolean {
  return (index.byNamespace.get(pod.namespace) ?? []).some((policy) => policy.isolates[direction] && !isEmptySelector(policy.podSelector));
}

/** The admin policies of a tier that apply to a pod and have rules for the direction. */
export function listAdmin(index: PolicyIndex, tier: AdminTier, pod: Endpoint, direction: Direction): readonly AdminPolicy[] {
  return index.admin[tier].filter((policy) => policy.rules[direction].length > 0 && matchesSelection(policy.subject, pod));
}
