import type { KubeObject } from "../../inventory/kube-object";
import { isInCidr, isPrivateCidr } from "../../inventory/ip-address";
import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { parseCalicoSelector } from "./calico-selector";
import type { Matched } from "./cilium";
import type { Direction, Endpoint, Target } from "./endpoint";
import { matchesPortName } from "./match-port";
import type { PolicyGaps } from "./policy-gaps";

/** A group of policies that acts as one. */
export interface CalicoTier {
  readonly name: string;
  /** Tiers without an order come last; null = the tier is not among the objects. */
  readonly order: number | null;
  /** What it does with a connection that none of its policies names. */
  readonly defaultAction: "Deny" | "Pass";
}

/** NetworkPolicies are in this tier, too. */
export const DEFAULT_TIER: CalicoTier = { name: "default", order: 1_000_000, defaultAction: "Deny" };

export function isCalicoTier({ ref }: KubeObject): boolean {
  return ref.kind === "Tier" && CALICO_GROUP.test(ref.apiVersion);
}

export function toCalicoTier({ ref, body }: KubeObject): CalicoTier {
  const { order, defaultAction } = record(body.spec);
  return { name: ref.name, order: amount(order) ?? Number.POSITIVE_INFINITY, defaultAction: defaultAction === "Pass" ? "Pass" : "Deny" };
}

/** A Calico NetworkPolicy or GlobalNetworkPolicy as it acts. */
export interface CalicoPolicy {
  readonly object: KubeObject;
  readonly tier: CalicoTier;
  /** Policies without an order come last. */
  readonly order: number;
  readonly isolates: Readonly<Record<Direction, boolean>>;
  /** Named ranges of addresses, by whose labels its rules may choose them. */
  readonly sets: readonly KubeObject[];
  /** Sets that could not be read are among those that its rules may choose. */
  readonly gaps: PolicyGaps;
}

export function isNetworkSet({ ref }: KubeObject): boolean {
  return (ref.kind === "NetworkSet" || ref.kind === "GlobalNetworkSet") && CALICO_GROUP.test(ref.apiVersion);
}

const CALICO_GROUP = /^(?:crd\.)?projectcalico\.org\//;

export function isCalico(object: KubeObject): boolean {
  const { apiVersion, kind } = object.ref;
  return CALICO_GROUP.test(apiVersion) && (kind === "NetworkPolicy" || kind === "GlobalNetworkPolicy");
}

export function toCalicoPolicy(object: KubeObject, tiers: ReadonlyMap<string, CalicoTier>, sets: readonly KubeObject[], gaps: PolicyGaps): CalicoPolicy {
  const spec = record(object.body.spec);
  const types = texts(spec.types);
  const [hasIngress, hasEgress] = [list(spec.ingress).length > 0, list(spec.egress).length > 0];
  const isolates =
    types.length > 0 ? { ingress: types.includes("Ingress"), egress: types.includes("Egress") } : { ingress: hasIngress || !hasEgress, egress: hasEgress };
  const name = text(spec.tier) || DEFAULT_TIER.name;
  const tier = name === DEFAULT_TIER.name ? DEFAULT_TIER : (tiers.get(name) ?? { ...DEFAULT_TIER, name, order: null });
  return { object, tier, order: amount(spec.order) ?? Number.POSITIVE_INFINITY, isolates, sets, gaps };
}

function labelsOf(endpoint: Endpoint): Readonly<Record<string, string>> {
  return { ...endpoint.labels, "projectcalico.org/namespace": endpoint.namespace, "projectcalico.org/orchestrator": "k8s" };
}

function namespaceLabelsOf(endpoint: Endpoint): Readonly<Record<string, string>> {
  return { ...endpoint.namespaceLabels, "projectcalico.org/name": endpoint.namespace };
}

function select(source: unknown, labels: Readonly<Record<string, string>>): Matched {
  const selector = parseCalicoSelector(text(source) ?? "");
  return selector ? selector(labels) : null;
}

function all(...parts: readonly Matched[]): Matched {
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

/** Labels of pods that are not in the set are not known: a selector tells nothing of them unless it takes all. */
function selectPod(source: unknown, pod: Endpoint): Matched {
  const written = (text(source) ?? "").trim();
  if (/projectcalico\.org\/serviceaccount|\bpcsa\./.test(written)) return null;
  return pod.kind === "absent" && written !== "" && written !== "all()" ? null : select(written, labelsOf(pod));
}

export function calicoAppliesTo({ object }: CalicoPolicy, pod: Endpoint): Matched {
  if (pod.isHostNetwork || pod.kind === "external") return false;
  const spec = record(object.body.spec);
  const isGlobal = object.ref.kind === "GlobalNetworkPolicy";
  // Before NAT, or untracked: such policies hold for the interfaces of hosts only.
  if (spec.preDNAT === true || spec.doNotTrack === true) return false;
  if (!isGlobal && pod.namespace !== object.ref.namespace) return false;
  const accounts = text(spec.serviceAccountSelector) ? null : true;
  return all(selectPod(spec.selector, pod), isGlobal ? select(spec.namespaceSelector, namespaceLabelsOf(pod)) : true, accounts);
}

const NUMBERS: Readonly<Record<string, string>> = { "6": "TCP", "17": "UDP", "132": "SCTP" };

function matchesPorts(ports: unknown, target: Target, receiver: Endpoint): boolean {
  return list(ports).some((port) => {
    const [, start, end] = /^(\d+)(?::(\d+))?$/.exec(String(port)) ?? [];
    if (start === undefined) return matchesPortName(port, target, receiver);
    return target.port >= Number(start) && target.port <= Number(end ?? start);
  });
}

const PRIVATE_STARTS = ["10.0.0.0", "172.16.0.0", "192.168.0.0", "100.64.0.0"] as const;

/** Pods may have any address but the public ones of IPv4. */
function mayHoldPods({ body }: KubeObject): boolean {
  return texts(record(body.spec).nets).some((net) => net.includes(":") || isPrivateCidr(net) || PRIVATE_STARTS.some((start) => isInCidr(start, net)));
}

/** Labels that Calico may add to sets: which of them, and from which version on, is not written down. */
function listOwnLabels({ ref }: KubeObject): readonly Readonly<Record<string, string>>[] {
  const place = ref.namespace === null ? {} : { "projectcalico.org/namespace": ref.namespace };
  return [{}, place, { ...place, "projectcalico.org/name": ref.name, "projectcalico.org/kind": ref.kind }];
}

/** Those of namespaces and accounts among them, which sets may take on. */
const OTHER_OWN_LABEL = /projectcalico\.org\/(?!(?:namespace|name|kind)\b(?![\w./-]))|\bpc(?:ns|sa)\./;

function selectorOfSets(written: string): (set: KubeObject) => boolean {
  if (OTHER_OWN_LABEL.test(written)) return () => true;
  return (set) => listOwnLabels(set).some((own) => select(written, { ...set.labels, ...own }) !== false);
}

/** Whether a selector of a rule may choose a set that may hold the address of an end. */
function maySelectSet({ selector, namespaceSelector }: JsonRecord, endpoint: Endpoint, { object, sets, gaps }: CalicoPolicy): boolean {
  const mayHaveLabels = selectorOfSets(text(selector) ?? "");
  const isOutside = endpoint.isHostNetwork || endpoint.kind === "external";
  const isLocal = object.ref.kind !== "GlobalNetworkPolicy" && !text(namespaceSelector);
  if (gaps.localSet || (gaps.globalSet && !isLocal)) return true;
  return sets.some((set) => {
    if (!isOutside && !mayHoldPods(set)) return false;
    if (isLocal && set.ref.namespace !== object.ref.namespace) return false;
    return mayHaveLabels(set);
  });
}

/** One end of a rule, by what its selectors say of labels, and by the sets of addresses that they may mean as well. */
function matchesEnd(end: JsonRecord, endpoint: Endpoint, policy: CalicoPolicy): Matched {
  const { selector, notSelector, namespaceSelector } = end;
  const matched = matchesByLabels(end, endpoint, policy.object.ref.kind === "GlobalNetworkPolicy" ? null : policy.object.ref.namespace);
  if (policy.sets.length === 0 && !policy.gaps.localSet && !policy.gaps.globalSet) return matched;
  if (matched === true) return text(notSelector) && maySelectSet({ selector: notSelector, namespaceSelector }, endpoint, policy) ? null : true;
  const isChosen = Boolean(text(selector) || text(namespaceSelector)) && maySelectSet(end, endpoint, policy);
  return matched === false && isChosen ? null : matched;
}

/** Addresses of pods are not known, so a range of them cannot be told. */
function matchesByLabels(end: JsonRecord, endpoint: Endpoint, policyNamespace: string | null): Matched {
  const { selector, notSelector, namespaceSelector } = end;
  const hasSelector = Boolean(text(selector) || text(notSelector) || text(namespaceSelector));
  const isAddressed = list(end.nets).length > 0 || list(end.notNets).length > 0;
  const world = texts(end.nets).some((net) => net === "0.0.0.0/0" || net === "::/0") && list(end.notNets).length === 0;
  const address = isAddressed && !world ? null : true;
  if (end.serviceAccounts !== undefined || end.services !== undefined || list(end.domains).length > 0) return null;
  // Of itself it names whatever its selector does not, also outside; how far a namespace bounds that is not written down.
  const isOnlyNot = Boolean(text(notSelector)) && !text(selector) && !text(namespaceSelector);
  if (endpoint.isHostNetwork || endpoint.kind === "external") return isOnlyNot ? all(policyNamespace === null || null, address) : hasSelector ? false : address;
  const isNear = policyNamespace === null || endpoint.namespace === policyNamespace;
  const namespace = text(namespaceSelector) ? select(namespaceSelector, namespaceLabelsOf(endpoint)) : !hasSelector || isNear || (isOnlyNot ? null : false);
  const not = text(notSelector) ? selectPod(notSelector, endpoint) : false;
  return all(selectPod(selector, endpoint), namespace, not === null ? null : !not, address);
}

function matchesProtocol(rule: JsonRecord, target: Target): boolean {
  const name = (value: unknown) => NUMBERS[String(value)] ?? String(value).toUpperCase();
  if (rule.notProtocol !== undefined && name(rule.notProtocol) === target.protocol) return false;
  return rule.protocol === undefined || name(rule.protocol) === target.protocol;
}

/** What the first rule that names a connection does with it; null = a rule that cannot be read might come first. */
export function findCalicoAction(
  policy: CalicoPolicy,
  self: Endpoint,
  other: Endpoint,
  direction: Direction,
  target: Target,
): "Allow" | "Deny" | "Pass" | "none" | null {
  const { object } = policy;
  const [sender, receiver] = direction === "ingress" ? [other, self] : [self, other];
  for (const rule of records(record(object.body.spec)[direction])) {
    if (rule.action === "Log" || !matchesProtocol(rule, target)) continue;
    const [source, destination] = [record(rule.source), record(rule.destination)];
    if (list(destination.ports).length > 0 && !matchesPorts(destination.ports, target, receiver)) continue;
    if (list(destination.notPorts).length > 0 && matchesPorts(destination.notPorts, target, receiver)) continue;
    const isOdd =
      rule.ipVersion !== undefined || list(source.ports).length > 0 || list(source.notPorts).length > 0 || isRecord(rule.http) || isRecord(rule.icmp);
    const matched = all(matchesEnd(source, sender, policy), matchesEnd(destination, receiver, policy), isOdd ? null : true);
    if (matched === false) continue;
    if (matched === null) return null;
    return rule.action === "Allow" || rule.action === "Deny" || rule.action === "Pass" ? rule.action : null;
  }
  return "none";
}
