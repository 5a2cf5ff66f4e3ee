import { notApplicable, type Outcome, unknown, type Weakness, weakness } from "../../controls/define";
import { CILIUM_UNREAD, ciliumConfigView, IGNORES_NETWORK_POLICIES, ISOLATES_EVERY_POD } from "../../inventory/nodes/cilium-config";
import type { KubeObject } from "../../inventory/kube-object";
import { enforcementView, unheldView } from "../../inventory/nodes/network-plugin";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import { type Context, defineView } from "../../inventory/view";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { toPart } from "../../model/clause-part";
import type { ResourceRef } from "../../model/resource-ref";
import type { Severity } from "../../model/severity";
import type { CoveringControl } from "../../model/verdict";
import type { Direction } from "./endpoint";
import { isNetworkSet } from "./calico";
import { isEgressFirewall } from "./egress-firewall";
import { podEndpointView } from "./endpoints";
import { findDefaultIsolation, findIsolation, type Isolation } from "./isolation";
import { findStrictMode, isUnselected, OPPOSITE } from "./strict-mode";
import { labelsOf, namespaceLabelsView } from "./namespace-labels";
import { policyIndexView } from "./policy-index";
import { hangsOnNamespaces } from "./unseen-namespaces";

export const NETWORK_SLICES = ["workloads", "namespaces", "networkPolicies", "otherNetworkPolicies"] as const;
/**
 * Where they can be read, they tell what Cilium does beside its policies, which accounts those of Calico choose by labels, whether K3s enforces policies, and
 * which nodes of EKS Auto Mode close what no policy selects.
 */
export const NETWORK_SETTINGS = ["configMaps", "serviceAccounts", "nodes", "nodeClasses"] as const;
/** Fails on a policy that closes pods in name only. */
const ALLOW_ALL: CoveringControl = "netpol-allow-all";
export type NetworkContext = Context<(typeof NETWORK_SLICES)[number] | (typeof NETWORK_SETTINGS)[number]>;

const isOfKubernetes = ({ kind }: ResourceRef): boolean => kind === "NetworkPolicy";

/** What is judged: pods that are there, or those that are yet to be made. */
interface Judged {
  readonly isolation: Isolation;
  /** The same in the other direction. */
  readonly opposite: () => Isolation;
  /** Those that pods are on, as far as that is known; null = they are yet to be made. */
  readonly nodeNames: readonly string[] | null;
  /** Why policies are not known to act on them, as the end of a sentence. */
  readonly findUnheld: () => string | null;
  readonly path: string;
  readonly value: unknown;
  readonly extra: Pick<Weakness, "severity" | "check">;
}

function toOutcome({ isolation, opposite, nodeNames, findUnheld, path, value, extra }: Judged, context: NetworkContext): Outcome {
  const { enforces, plugin } = context.view(enforcementView);
  const cilium = context.view(ciliumConfigView);
  if (plugin?.name === "Cilium" && !context.isRead("configMaps")) return unknown(CILIUM_UNREAD);
  if (cilium?.mode === "never" && isolation.state !== "open") return unknown("Policies are declared, but Cilium is told to enforce none.");
  if (cilium?.ownKindsOnly && plugin?.name === "Cilium" && isolation.state !== "open" && isolation.by.length > 0 && isolation.by.every(isOfKubernetes))
    return unknown(`NetworkPolicies are declared. ${IGNORES_NETWORK_POLICIES}`);
  if (cilium?.mode === "always" && enforces === true && isolation.state === "open" && isolation.by.length === 0)
    return { state: "pass", notes: [weakness(cilium.setting.path, cilium.mode, ISOLATES_EVERY_POD, { object: cilium.object.ref })] };
  const strict = isUnselected(isolation) ? findStrictMode(context, opposite, nodeNames) : null;
  if (strict) {
    const reason = strict.doubt ?? (nodeNames === null ? null : strict.ofOlder);
    return reason === null ? { state: "pass", notes: [strict.said] } : { state: "unknown", reason, notes: [strict.said] };
  }
  if (enforces === false && isolation.state !== "open")
    return unknown(`Policies are declared, but ${plugin?.name ?? "the network plugin"} does not enforce them.`);
  const unheld = isolation.state === "open" ? null : findUnheld();
  if (unheld !== null) return unknown(`Policies are declared, but ${unheld}`);
  const object = isolation.by[0];
  // The field is of the subject: a policy that decides is named as a whole.
  const said = object ? weakness("", undefined, isolation.reason, { object, ...extra }) : weakness(path, value, isolation.reason, extra);
  if (isolation.state === "unknown") return unknown(isolation.reason);
  const { voidedBy } = isolation;
  if (voidedBy) {
    const message = `NetworkPolicy ${voidedBy.name} selects it and allows everything.`;
    if (context.settings.disabledControls[ALLOW_ALL] !== undefined) return [{ ...said, message, object: voidedBy }];
    const coveredBy = { control: ALLOW_ALL, objects: [voidedBy] };
    return { state: "subsumed", reason: `${message} ${ALLOW_ALL} already fails on that policy.`, notes: [{ ...said, object: voidedBy }], coveredBy };
  }
  return isolation.state === "open" ? [said] : { state: "pass", notes: [said] };
}

/** Namespaces with a policy of another API: sets of addresses choose nobody, and firewalls leave pods alone. */
const otherPolicyNamespacesView = defineView({
  reads: ["otherNetworkPolicies"],
  compute: ({ slices }): ReadonlySet<string | null> =>
    new Set(slices.otherNetworkPolicies.filter((object) => !isNetworkSet(object) && !isEgressFirewall(object)).map(({ ref }) => ref.namespace)),
});

/** Is this pod closed by some policy in one direction? */
export function judgeWorkloadIsolation(workload: Workload, pod: PodView, direction: Direction, context: NetworkContext, severity?: Severity): Outcome {
  const endpoint = context.view(podEndpointView)(workload, pod);
  if (endpoint.isHostNetwork) return notApplicable("Policies do not apply to pods in the network of their node.");
  const index = context.view(policyIndexView);
  const isolation = findIsolation(index, endpoint, direction);
  const { namespace } = endpoint;
  const isPlaceKnown = context.isComplete || context.view(namespaceLabelsView).has(namespace);
  // What a policy of its own namespace closes is closed whatever the labels of that are.
  const unseen = isPlaceKnown || isolation.state === "open" || isolation.by.some((ref) => ref.namespace !== null) ? [] : [namespace];
  if (hangsOnNamespaces(new Set(unseen), [endpoint], index, (place) => findIsolation(index, place(endpoint), direction).state))
    return unknown(`${isolation.reason} That hangs on labels of namespace ${namespace}, which is not among the objects.`);
  const opposite = (): Isolation => findIsolation(index, endpoint, OPPOSITE[direction]);
  const nodeNames = pod.nodeNames ?? workload.nodeNames;
  const value = Object.keys(pod.labels).length > 0 ? pod.labels : undefined;
  return toOutcome(
    {
      isolation,
      opposite,
      nodeNames,
      findUnheld: () => context.view(unheldView).of(workload.ref.kind, nodeNames, pod.spec),
      path: pod.atMetadata("labels"),
      value,
      extra: severity ? { severity } : {},
    },
    context,
  );
}

/** Are new pods of this namespace closed from the start? */
export function judgeDefaultIsolation(namespace: KubeObject, direction: Direction, context: NetworkContext): Outcome {
  const { name } = namespace.ref;
  if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
  const index = context.view(policyIndexView);
  const hasPods = context.view(namespaceWorkloadsView).has(name);
  if (!hasPods && !index.byNamespace.has(name)) return notApplicable("Nothing runs in this namespace, and it has no policy.");
  const hasPolicy = index.byNamespace.has(name) || context.view(otherPolicyNamespacesView).has(name);
  const check = toPart("namespace", hasPolicy ? direction : "any-policy");
  const find = (way: Direction): Isolation => findDefaultIsolation(index, name, labelsOf(context.view(namespaceLabelsView), name), way);
  const opposite = (): Isolation => find(OPPOSITE[direction]);
  return toOutcome(
    {
      isolation: find(direction),
      opposite,
      nodeNames: null,
      findUnheld: () => context.view(unheldView).everywhere,
      path: "",
      value: undefined,
      extra: { check },
    },
    context,
  );
}
