import type { KubeObject } from "../../inventory/kube-object";
import { defineView } from "../../inventory/view";
import type { JsonRecord } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type AdminPolicy, type AdminTier, matchesSelection, toAdminPolicy, withoutLabels } from "./admin-policy";
import { askedOfSelector, ByAskedLabel } from "./asked-labels";
import type { Direction, Endpoint } from "./endpoint";
import { type ForeignPolicies, toForeignPolicies } from "./foreign-policies";
import { selects } from "./label-sight";
import { isApplicationPolicy, type Policy, toPolicy } from "./policy";
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
  readonly closedBy?: Pick<KubeObject, "ref">;
  /** What could not be read, and may decide as well. */
  readonly gaps: PolicyGaps;
}

export function buildPolicyIndex(
  policies: readonly KubeObject[],
  others: readonly KubeObject[],
  gaps: PolicyGaps = NO_GAPS,
  settings: PolicySettings = NO_SETTINGS,
): PolicyIndex {
  const ofNamespaces = [...policies, ...others.filter(isApplicationPolicy)].map(toPolicy);
  const admin: Record<AdminTier, AdminPolicy[]> = { Admin: [], Baseline: [] };
  const foreign: KubeObject[] = [];
  for (const object of others) {
    const policy = toAdminPolicy(object);
    if (policy) admin[policy.tier].push(policy);
    else if (!isApplicationPolicy(object)) foreign.push(object);
  }
  const order = (a: AdminPolicy, b: AdminPolicy) => a.priority - b.priority || (a.object.ref.name < b.object.ref.name ? -1 : 1);
  return {
    byNamespace: Map.groupBy(ofNamespaces, (policy) => policy.namespace),
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

const NO_POLICIES: readonly Policy[] = [];

type Chosen = Pick<Endpoint, "namespace" | "labels" | "mayLack" | "kind">;

/** Lists of policies by their items, one after the other. */
interface Branch {
  found?: readonly Policy[];
  longer?: Map<Policy, Branch>;
}

/** The very same list for the same policies. */
function findAlike(root: Branch, found: readonly Policy[]): readonly Policy[] {
  let branch = root;
  for (const policy of found) {
    const longer = (branch.longer ??= new Map<Policy, Branch>());
    let next = longer.get(policy);
    if (!next) longer.set(policy, (next = {}));
    branch = next;
  }
  return (branch.found ??= found);
}

/** Of the policies of a namespace, those that isolate a pod: every pod of it asks for the same, and several controls ask about each, one pod after the other. */
function isolatingBy(direction: Direction): (policies: readonly Policy[]) => (pod: Chosen) => readonly Policy[] {
  return rememberedOf((policies) => {
    const all = policies.filter(({ isolates }) => isolates[direction]);
    if (all.length === 0) return () => NO_POLICIES;
    const byLabel = new ByAskedLabel(all, ({ podSelector }) => askedOfSelector(podSelector));
    const root: Branch = { found: NO_POLICIES };
    const find = (pod: Chosen): readonly Policy[] =>
      pod.kind === "absent"
        ? all
        : findAlike(
            root,
            byLabel.listFor(pod.labels).filter(({ podSelector }) => selects(podSelector, pod) !== false),
          );
    let last: { readonly pod: Chosen; readonly found: readonly Policy[] } | undefined;
    return (pod) => {
      if (last?.pod !== pod) last = { pod, found: find(pod) };
      return last.found;
    };
  });
}

const isolatingOf = { ingress: isolatingBy("ingress"), egress: isolatingBy("egress") };

/** The NetworkPolicies that isolate a pod in one direction, the very same list for all pods with the same ones; all that may, where its labels are not known. */
export function listIsolating(index: PolicyIndex, pod: Chosen, direction: Direction): readonly Policy[] {
  const policies = index.byNamespace.get(pod.namespace);
  return policies ? isolatingOf[direction](policies)(pod) : NO_POLICIES;
}

/** The admin policies of a tier that apply to a pod and have rules for the direction; all that may, where its labels are not known. */
export function listAdmin(index: PolicyIndex, tier: AdminTier, pod: Endpoint, direction: Direction): readonly AdminPolicy[] {
  const wanted = (subject: JsonRecord): JsonRecord => (pod.kind === "absent" ? withoutLabels(subject) : subject);
  return index.admin[tier].filter((policy) => policy.rules[direction].length > 0 && matchesSelection(wanted(policy.subject), pod, pod) !== false);
}
