import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { defineView } from "../../inventory/view";
import { type JsonRecord, record } from "../../model/json";
import { type AdminPolicy, type AdminTier, matchesSelection, toAdminPolicy, withoutLabels } from "./admin-policy";
import type { Direction, Endpoint } from "./endpoint";
import { type ForeignPolicies, toForeignPolicies } from "./foreign-policies";
import { selects } from "./label-sight";
import { type Policy, toPolicy } from "./policy";
import { NO_GAPS, type PolicyGaps, toPolicyGaps } from "./policy-gaps";
import { NO_SETTINGS, type PolicySettings, policySettingsView } from "./policy-settings";

/** Every policy of a set, by what it applies to. */
export interface PolicyIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;
  /** By priority, then name. */
  readonly admin: Readonly<Record<AdminTier, readonly AdminPolicy[]>>;
  /** Policies of Cilium and Calico. */
  readonly foreign: ForeignPolicies;
  /** What isolates every pod, whether or not a policy selects it. */
  readonly closedBy?: KubeObject;
  /** What could not be read, and may decide as well. */
  readonly gaps: PolicyGaps;
}

export function buildPolicyIndex(
  policies: readonly KubeObject[],
  others: readonly KubeObject[],
  gaps: PolicyGaps = NO_GAPS,
  settings: PolicySettings = NO_SETTINGS,
): PolicyIndex {
  const byNamespace = Map.groupBy(policies.map(toPolicy), (policy) => policy.namespace);
  const admin: Record<AdminTier, AdminPolicy[]> = { Admin: [], Baseline: [] };
  const foreign: KubeObject[] = [];
  for (const object of others) {
    const policy = toAdminPolicy(object);
    if (policy) admin[policy.tier].push(policy);
    else foreign.push(object);
  }
  const order = (a: AdminPolicy, b: AdminPolicy) => a.priority - b.priority || (a.object.ref.name < b.object.ref.name ? -1 : 1);
  return {
    byNamespace,
    admin: { Admin: admin.Admin.sort(order), Baseline: admin.Baseline.sort(order) },
    foreign: toForeignPolicies(foreign, gaps, settings),
    gaps,
  };
}

export const policyIndexView = defineView({
  reads: ["networkPolicies", "otherNetworkPolicies", "serviceAccounts", "configMaps"],
  compute: ({ slices, listUnread, view }) => {
    const gaps = toPolicyGaps(listUnread("otherNetworkPolicies"));
    return buildPolicyIndex(slices.networkPolicies, slices.otherNetworkPolicies, gaps, view(policySettingsView));
  },
});

/** Policies that isolate in one direction: those that ask for a label by the first that they ask for, and all others. */
interface Isolating {
  readonly others: readonly Policy[];
  readonly byLabel: ReadonlyMap<string, ReadonlyMap<string, readonly Policy[]>>;
}

function toIsolating(policies: readonly Policy[], direction: Direction): Isolating {
  const others: Policy[] = [];
  const byLabel = new Map<string, Map<string, Policy[]>>();
  for (const policy of policies.filter(({ isolates }) => isolates[direction])) {
    const [key, value] = Object.entries(record(record(policy.podSelector).matchLabels))[0] ?? [];
    if (key === undefined || typeof value !== "string") {
      others.push(policy);
      continue;
    }
    let byValue = byLabel.get(key);
    if (!byValue) byLabel.set(key, (byValue = new Map()));
    const known = byValue.get(value);
    if (known) known.push(policy);
    else byValue.set(value, [policy]);
  }
  return { others, byLabel };
}

/** Of the policies of a namespace: every pod of it asks for the same. */
const isolatingOf = new WeakMap<readonly Policy[], Partial<Record<Direction, Isolating>>>();

/** The NetworkPolicies that isolate a pod in one direction; all that may, where its labels are not known. */
export function listIsolating(index: PolicyIndex, pod: Pick<Endpoint, "namespace" | "labels" | "mayLack" | "kind">, direction: Direction): readonly Policy[] {
  const policies = index.byNamespace.get(pod.namespace);
  if (!policies) return [];
  if (pod.kind === "absent") return policies.filter(({ isolates }) => isolates[direction]);
  if (pod.mayLack) return policies.filter(({ isolates, podSelector }) => isolates[direction] && selects(podSelector, pod) !== false);
  let known = isolatingOf.get(policies);
  if (!known) isolatingOf.set(policies, (known = {}));
  const { others, byLabel } = (known[direction] ??= toIsolating(policies, direction));
  const candidates = new Set(others);
  for (const [key, byValue] of byLabel) for (const policy of byValue.get(pod.labels[key] ?? "") ?? []) candidates.add(policy);
  if (candidates.size === 0) return [];
  const found = new Set([...candidates].filter((policy) => matchesSelector(policy.podSelector, pod.labels)));
  return found.size > 1 ? policies.filter((policy) => found.has(policy)) : [...found];
}

/** The admin policies of a tier that apply to a pod and have rules for the direction; all that may, where its labels are not known. */
export function listAdmin(index: PolicyIndex, tier: AdminTier, pod: Endpoint, direction: Direction): readonly AdminPolicy[] {
  const wanted = (subject: JsonRecord): JsonRecord => (pod.kind === "absent" ? withoutLabels(subject) : subject);
  return index.admin[tier].filter((policy) => policy.rules[direction].length > 0 && matchesSelection(wanted(policy.subject), pod, pod) !== false);
}
