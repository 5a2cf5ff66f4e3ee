import type { KubeObject } from "../../inventory/kube-object";
import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { ByAskedLabel } from "./asked-labels";
import type { AddressAsk } from "./ask-range";
import { askedOfCalico, askedOfPod, type CalicoWorld, matchesEnd, selectsPod } from "./calico-end";
import type { Direction, Endpoint, Target } from "./endpoint";
import { isAll, isAny, isNot, type Matched } from "./matched";
import { matchesPortName } from "./match-port";

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
  readonly world: CalicoWorld;
}

export function isNetworkSet({ ref }: KubeObject): boolean {
  return (ref.kind === "NetworkSet" || ref.kind === "GlobalNetworkSet") && CALICO_GROUP.test(ref.apiVersion);
}

export const CALICO_GROUP = /^(?:crd\.)?projectcalico\.org\//;

export function isCalico(object: KubeObject): boolean {
  const { apiVersion, kind } = object.ref;
  return CALICO_GROUP.test(apiVersion) && (kind === "NetworkPolicy" || kind === "GlobalNetworkPolicy");
}

/**
 * Which directions a policy closes that does not say so: Calico's own API writes down those that it has rules for, ingress where it has none; one that was
 * put into the store past that API says neither, and closes both.
 */
function isolatesByDefault({ ref, body }: KubeObject): CalicoPolicy["isolates"] {
  if (ref.apiVersion.startsWith("crd.")) return { ingress: true, egress: true };
  const spec = record(body.spec);
  const [hasIngress, hasEgress] = [list(spec.ingress).length > 0, list(spec.egress).length > 0];
  return { ingress: hasIngress || !hasEgress, egress: hasEgress };
}

export function toCalicoPolicy(object: KubeObject, tiers: ReadonlyMap<string, CalicoTier>, world: CalicoWorld): CalicoPolicy {
  const spec = record(object.body.spec);
  const types = texts(spec.types);
  const isolates = types.length > 0 ? { ingress: types.includes("Ingress"), egress: types.includes("Egress") } : isolatesByDefault(object);
  const name = text(spec.tier) || DEFAULT_TIER.name;
  const tier = name === DEFAULT_TIER.name ? DEFAULT_TIER : (tiers.get(name) ?? { ...DEFAULT_TIER, name, order: null });
  return { object, tier, order: amount(spec.order) ?? Number.POSITIVE_INFINITY, isolates, world };
}

export function calicoAppliesTo({ object, world }: CalicoPolicy, pod: Endpoint): Matched {
  if (pod.isHostNetwork || pod.kind === "external") return false;
  const spec = record(object.body.spec);
  const isGlobal = object.ref.kind === "GlobalNetworkPolicy";
  // Before NAT, or untracked: such policies hold for the interfaces of hosts only.
  if (spec.preDNAT === true || spec.doNotTrack === true) return false;
  if (!isGlobal && pod.namespace !== object.ref.namespace) return false;
  return selectsPod(spec, isGlobal, pod, world);
}

const byAsked = rememberedOf((policies: readonly CalicoPolicy[]) => new ByAskedLabel(policies, ({ object }) => askedOfCalico(object)));

/** The policies that apply to a pod, or may apply. */
export function listCalicoOf(policies: readonly CalicoPolicy[], pod: Endpoint): readonly CalicoPolicy[] {
  const may = pod.kind === "absent" || policies.length === 0 ? policies : byAsked(policies).list(askedOfPod(pod));
  return may.filter((policy) => calicoAppliesTo(policy, pod) !== false);
}

const NUMBERS: Readonly<Record<string, string>> = { "6": "TCP", "17": "UDP", "132": "SCTP" };

function matchesPorts(ports: unknown, target: Target, receiver: Endpoint): Matched {
  const found = list(ports).map((port): Matched => {
    const [, start, end] = /^(\d+)(?::(\d+))?$/.exec(String(port)) ?? [];
    // Names are of endpoints that Calico made: a pod in the network of its node has none, and of a host's own it is not told.
    if (start === undefined) return receiver.isHostNetwork ? null : matchesPortName(port, target, receiver);
    return target.port >= Number(start) && target.port <= Number(end ?? start);
  });
  return isAny(found);
}

function matchesProtocol(rule: JsonRecord, target: Target): boolean {
  const name = (value: unknown) => NUMBERS[String(value)] ?? String(value).toUpperCase();
  if (rule.notProtocol !== undefined && name(rule.notProtocol) === target.protocol) return false;
  return rule.protocol === undefined || name(rule.protocol) === target.protocol;
}

function toSolePorts({ object }: CalicoPolicy, direction: Direction): readonly string[] | null {
  const groups = records(record(object.body.spec)[direction]).map(({ destination }) => list(record(destination).ports).map(String));
  const areSole = groups.every((ports) => ports.length > 0 && ports.every((port) => /^\d+$/.test(port)));
  return areSole ? groups.flat().map((port) => String(Number(port))) : null;
}

/** The ports that rules of a policy name in one direction, where they are about no others; null = they may be about any. */
export const listSolePorts = {
  ingress: rememberedOf((policy: CalicoPolicy) => toSolePorts(policy, "ingress")),
  egress: rememberedOf((policy: CalicoPolicy) => toSolePorts(policy, "egress")),
};

/** For addresses of IPv6 alone: whether a cluster has them is not told. Those of IPv4 are taken to be all. */
function isOfOneFamily({ ipVersion }: JsonRecord): boolean {
  return ipVersion !== undefined && ipVersion !== 4;
}

/** Whether what a policy does with a pod hangs on more than on who is at the other end. */
export function isUnclearFor(policy: CalicoPolicy, pod: Endpoint, direction: Direction): boolean {
  return calicoAppliesTo(policy, pod) === null || records(record(policy.object.body.spec)[direction]).some(isOfOneFamily);
}

interface Connection {
  readonly self: Endpoint;
  readonly other: Endpoint;
  readonly direction: Direction;
  readonly target: Target;
}

type CalicoAction = "Allow" | "Deny" | "Pass";

/** What a rule does with a connection that it names, or may name; null = that cannot be read. */
export interface CalicoStep {
  readonly action: CalicoAction | null;
  readonly isSure: boolean;
}

/** The namespace that the selectors of a policy are about; null = all of them. */
function namespaceOf({ ref }: KubeObject): string | null {
  return ref.kind === "GlobalNetworkPolicy" ? null : ref.namespace;
}

/** Of the policies of one end, whether any rule may name the other, on whatever port. */
export function mayName({ object, world }: CalicoPolicy, { self, other, direction }: Pick<Connection, "self" | "other" | "direction">): boolean {
  const namespace = namespaceOf(object);
  const [sender, receiver] = direction === "ingress" ? [other, self] : [self, other];
  return records(record(object.body.spec)[direction]).some(
    ({ source, destination }) =>
      matchesEnd(record(source), sender, namespace, world, null) !== false && matchesEnd(record(destination), receiver, namespace, world, null) !== false,
  );
}

/** The rules of a policy that name a connection, or may name it, in their order; the first that surely does is the last. */
export function listCalicoSteps(policy: CalicoPolicy, { self, other, direction, target }: Connection, ask: AddressAsk | null): readonly CalicoStep[] {
  const { object, world } = policy;
  const namespace = namespaceOf(object);
  const [sender, receiver] = direction === "ingress" ? [other, self] : [self, other];
  const steps: CalicoStep[] = [];
  for (const rule of records(record(object.body.spec)[direction])) {
    if (rule.action === "Log" || !matchesProtocol(rule, target)) continue;
    const [source, destination] = [record(rule.source), record(rule.destination)];
    const isPort = isAll([
      list(destination.ports).length === 0 || matchesPorts(destination.ports, target, receiver),
      list(destination.notPorts).length === 0 || isNot(matchesPorts(destination.notPorts, target, receiver)),
    ]);
    const isOdd = isOfOneFamily(rule) || list(source.ports).length > 0 || list(source.notPorts).length > 0 || isRecord(rule.http) || isRecord(rule.icmp);
    if (isPort === false) continue;
    const askOf = (end: Endpoint) => (end === other ? ask : null);
    const ends = [matchesEnd(source, sender, namespace, world, askOf(sender)), matchesEnd(destination, receiver, namespace, world, askOf(receiver))];
    const matched = isAll([isPort, ...ends, isOdd ? null : true]);
    if (matched === false) continue;
    const action = rule.action === "Allow" || rule.action === "Deny" || rule.action === "Pass" ? rule.action : null;
    steps.push({ action, isSure: matched === true });
    if (matched) break;
  }
  return steps;
}
