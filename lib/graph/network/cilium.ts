import type { KubeObject } from "../../inventory/kube-object";
import { isEmptySelector, matchesSelector } from "../../inventory/labels/label-selector";
import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import { askBlock, type AddressAsk, askRanges } from "./ask-range";
import { ByAskedLabel, listAsked, toAsked } from "./asked-labels";
import { type CidrGroups, isCidrGroup, rangesOfGroups } from "./cidr-groups";
import { askedOfCilium, ciliumLabelsOf, isNarrowedToPods, matchesCiliumSelector, takesWhatIsNoPod, withoutForeignNamespace } from "./cilium-selector";
import type { Direction, Endpoint, Target } from "./endpoint";
import { matchesPortName } from "./match-port";
import { isUnrouted } from "./is-unrouted";
import { isNamesPolicy, listNamesSpecs } from "./names-policy";
import { isAll, isAny, type Matched } from "./matched";

/** What rules choose from. */
export interface CiliumWorld {
  /** The labels of pods that they can choose by. */
  readonly labels: CiliumLabels;
  readonly groups: CidrGroups;
  /** Selectors that name no cluster mean the own one; null = that is not known. */
  readonly meansOwnCluster: boolean | null;
  /** Ranges of addresses may be of pods, too. */
  readonly rangesTakePods: boolean;
}

export interface CiliumRule extends CiliumWorld {
  readonly object: KubeObject;
  readonly path: string;
  readonly spec: JsonRecord;
}

export function isCilium(object: KubeObject): boolean {
  return isNamesPolicy(object) || (object.ref.apiVersion.startsWith("cilium.io/") && !isCidrGroup(object));
}

/** Every spec of a policy. */
export function listCiliumSpecs(object: KubeObject, world: CiliumWorld): readonly CiliumRule[] {
  if (isNamesPolicy(object)) return listNamesSpecs(object.body).map((spec) => ({ ...world, object, path: "spec", spec }));
  const own = isRecord(object.body.spec) ? [{ ...world, object, path: "spec", spec: object.body.spec }] : [];
  return [...own, ...list(object.body.specs).map((spec, index) => ({ ...world, object, path: `specs[${index}]`, spec: record(spec) }))];
}

/** About nodes, not about pods. */
export function isOfNodes({ spec }: CiliumRule): boolean {
  return isRecord(spec.nodeSelector);
}

function isClusterwide(object: KubeObject): boolean {
  return object.ref.kind === "CiliumClusterwideNetworkPolicy";
}

/** Whether a spec applies to a pod at all. */
export function appliesTo({ object, spec, labels }: CiliumRule, pod: Endpoint): Matched {
  if (pod.isHostNetwork || pod.kind === "external") return false;
  if (isClusterwide(object)) return matchesCiliumSelector(spec.endpointSelector, pod, labels);
  return pod.namespace === object.ref.namespace && matchesCiliumSelector(withoutForeignNamespace(spec.endpointSelector), pod, labels);
}

/** Stands for the namespace of a pod, beside its labels. */
const PLACE = "";

const askedOf = rememberedOf((pod: Endpoint): readonly string[] => [...listAsked(ciliumLabelsOf(pod)), toAsked(PLACE, pod.namespace)]);

const byAsked = rememberedOf(
  (rules: readonly CiliumRule[]) =>
    new ByAskedLabel(rules, ({ object, spec: { endpointSelector } }) =>
      isClusterwide(object)
        ? askedOfCilium(endpointSelector)
        : [[toAsked(PLACE, object.ref.namespace)], ...askedOfCilium(withoutForeignNamespace(endpointSelector))],
    ),
);

/** The rules that apply to a pod, or may apply. */
export function listAppliedTo(rules: readonly CiliumRule[], pod: Endpoint): readonly CiliumRule[] {
  const may = pod.kind === "absent" || rules.length === 0 ? rules : byAsked(rules).list(askedOf(pod));
  return may.filter((rule) => appliesTo(rule, pod) !== false);
}

/** The fields of a spec that hold its rules for one direction: what lets through, then what denies. */
export function sectionsOf(direction: Direction): readonly [string, string] {
  return [direction, `${direction}Deny`];
}

function listRules(spec: JsonRecord, direction: Direction): readonly JsonRecord[] {
  return sectionsOf(direction).flatMap((section) => records(spec[section]));
}

/**
 * Whether a rule closes pods that it applies to for all that no rule lets through: where it has rules for the direction, unless `enableDefaultDeny`
 * switches that off. It closes nothing by being switched on alone: Cilium looks at it where there are rules.
 */
export function isolates({ spec }: CiliumRule, direction: Direction): boolean {
  const hasRules = sectionsOf(direction).some((section) => list(spec[section]).length > 0);
  return hasRules && record(spec.enableDefaultDeny)[direction] !== false;
}

/**
 * Whether names of peers hold the other end; where a pod runs is not known, nor is where the API server answers. `isLetIn`: what comes
 * from the node that the pod runs on is let in anyway.
 */
function matchesEntities(names: readonly string[], isLetIn: boolean, other: Endpoint): Matched {
  if (names.includes("all")) return true;
  if (other.kind === "external") {
    if (names.includes("world")) return true;
    const { address } = other;
    const family = names.filter((name) => name.startsWith("world-"));
    if (address !== undefined && family.includes(address.includes(":") ? "world-ipv6" : "world-ipv4")) return true;
    return (family.length > 0 && address === undefined) || (names.includes("kube-apiserver") && isOfServer(other)) ? null : false;
  }
  if (names.some((name) => name === "cluster" || name === "cluster-mesh")) return true;
  if (!other.isHostNetwork) return false;
  if (names.includes("remote-node") && (isLetIn || names.includes("host"))) return true;
  return ["host", "remote-node", "kube-apiserver"].some((name) => names.includes(name)) ? null : false;
}

/** Whether the API server, or something behind a Service, may answer there. */
function isOfServer({ address }: Endpoint): boolean {
  return address === undefined || !isUnrouted(address);
}

/** An empty list of ports is as good as none. */
function hasPorts(rule: JsonRecord): boolean {
  return list(rule.toPorts).length > 0;
}

function hasIcmp(rule: JsonRecord): boolean {
  return list(rule.icmps).length > 0;
}

/** A range, or groups of ranges, with others cut out of them. */
function matchesBlock(block: JsonRecord, groups: CidrGroups, other: Endpoint, ask: AddressAsk | null): Matched {
  const named = rangesOfGroups(block, groups);
  const ranges = named?.ranges ?? texts([block.cidr]);
  const except = texts(block.except);
  const isInside = except.length === 0 ? askRanges(ranges, other, ask) : isAny(ranges.map((cidr) => askBlock(cidr, except, other, ask)));
  return isAny([isInside, named?.unread === undefined ? false : null]);
}

/** The ranges of entries that are nothing but ranges; null = there are others. */
const findPlainRanges = rememberedOf((entries: readonly unknown[]): readonly string[] | null => {
  const isPlain = records(entries).every((entry) => Object.keys(entry).every((key) => key === "cidr"));
  return isPlain ? records(entries).flatMap(({ cidr }) => texts([cidr])) : null;
});

/**
 * Whether what is in no group of addresses is taken by a selector of groups: an empty one is as good as no peer at all, and one that only says which
 * labels a group lacks, or cuts ranges out, takes pods in some versions.
 */
const takesUngrouped = rememberedOf((entries: readonly unknown[]): Matched => {
  const own = records(entries).filter(({ cidrGroupSelector }) => isRecord(cidrGroupSelector) && matchesSelector(cidrGroupSelector, {}));
  return isAny(own.map(({ cidrGroupSelector, except }) => (isEmptySelector(cidrGroupSelector) && list(except).length === 0 ? true : null)));
});

/** What has an address outside alone is in a range, unless Cilium is told that pods are as well: those have addresses that nobody knows. */
function matchesRanges(rule: JsonRecord, way: "from" | "to", { groups, rangesTakePods }: CiliumWorld, other: Endpoint, ask: AddressAsk | null): Matched {
  const [ranges, entries] = [list(rule[`${way}CIDR`]), list(rule[`${way}CIDRSet`])];
  if (other.kind !== "external")
    return isAny([takesUngrouped(entries), (other.isHostNetwork || rangesTakePods) && texts(ranges).length + records(entries).length > 0 ? null : false]);
  const plain = findPlainRanges(entries);
  const isInside = askRanges(ranges, other, ask);
  return isAny([isInside, ...(plain ? [askRanges(plain, other, ask)] : records(entries).map((entry) => matchesBlock(entry, groups, other, ask)))]);
}

/** The groups of ranges that a spec asks for in one direction and that were not read, in words. */
export function listUnreadGroups({ spec, groups }: CiliumRule, direction: Direction): readonly string[] {
  const asked = listRules(spec, direction).flatMap((rule) => records(rule[direction === "ingress" ? "fromCIDRSet" : "toCIDRSet"]));
  return [...new Set(asked.flatMap((block) => rangesOfGroups(block, groups)?.unread ?? []))];
}

/** Names are looked up while the cluster runs; they have some addresses outside, and not all. */
function asksForNames(rule: JsonRecord, ask: AddressAsk | null): Matched {
  return ask === null ? null : ask.supposed.ask(`names ${JSON.stringify(rule.toFQDNs)}`, ask.doubt);
}

/** Whether the selector of a peer takes pods of the namespace of its policy alone. */
export function isOfOwnNamespace(selector: unknown, { object }: CiliumRule): boolean {
  return !isClusterwide(object) && isNarrowedToPods(selector, false);
}

/** Whether a selector of peers takes the other end. */
function takesPeer(selector: unknown, { object, labels, meansOwnCluster }: CiliumRule, other: Endpoint): Matched {
  const isNarrowed = isNarrowedToPods(selector, isClusterwide(object));
  if (other.isHostNetwork || other.kind === "external") return isNarrowed ? false : takesWhatIsNoPod(selector, other, meansOwnCluster);
  if (isNarrowed && !isClusterwide(object) && other.namespace !== object.ref.namespace) return false;
  return matchesCiliumSelector(selector, other, labels);
}

const requiredOf = {
  from: rememberedOf((rules: readonly unknown[]) => records(rules).flatMap(({ fromRequires }) => list(fromRequires))),
  to: rememberedOf((rules: readonly unknown[]) => records(rules).flatMap(({ toRequires }) => list(toRequires))),
};

/** The selectors of what one list of rules of a spec requires of peers: it narrows that list in all policies of the pod. */
export function listRequired({ spec }: CiliumRule, section: string): readonly unknown[] {
  return requiredOf[section.startsWith("ingress") ? "from" : "to"](list(spec[section]));
}

/** The selectors of what rules of a spec say of peers in one direction. */
export function listPeerSelectors({ spec }: CiliumRule, direction: Direction): readonly unknown[] {
  const way = direction === "ingress" ? "from" : "to";
  return listRules(spec, direction).flatMap((rule) => [...list(rule[`${way}Endpoints`]), ...list(rule[`${way}Requires`])]);
}

/** Whether the other end has all of that. */
export function meetsRequirements(cilium: CiliumRule, section: string, other: Endpoint): Matched {
  return isAll(listRequired(cilium, section).map((selector) => takesPeer(selector, cilium, other)));
}

/** Fields of a rule that say who peers are. */
const peerFieldsOf = {
  from: rememberedOf((rule: JsonRecord) => Object.keys(rule).filter((key) => key.startsWith("from") && key !== "fromRequires")),
  to: rememberedOf((rule: JsonRecord) => Object.keys(rule).filter((key) => key.startsWith("to") && !["toPorts", "toFQDNs", "toRequires"].includes(key))),
};

function matchesPeers(rule: JsonRecord, section: string, cilium: CiliumRule, other: Endpoint, ask: AddressAsk | null): Matched {
  const way = section.startsWith("ingress") ? "from" : "to";
  const isNarrowed = rule[`${way}Requires`] !== undefined;
  const hasNames = way === "to" && rule.toFQDNs !== undefined;
  const hasTraffic = hasPorts(rule) || hasIcmp(rule);
  // What is required lets nobody through by itself; whether ports do beside it is written down in two ways.
  if (peerFieldsOf[way](rule).length === 0 && !hasNames) return hasTraffic && isNarrowed ? null : hasTraffic;
  const found: Matched[] = [
    ...list(rule[`${way}Endpoints`]).map((selector) => takesPeer(selector, cilium, other)),
    matchesEntities(texts(rule[`${way}Entities`]), way === "from" && !section.endsWith("Deny"), other),
    matchesRanges(rule, way, cilium, other, ask),
    // A Service has pods behind it, or addresses of any kind that somebody wrote down.
    ...(rule.toServices !== undefined && isOfServer(other) ? [null] : []),
    ...(rule[`${way}Nodes`] !== undefined && other.isHostNetwork ? [null] : []),
    ...(hasNames && other.kind === "external" ? [asksForNames(rule, ask)] : []),
    ...(rule[`${way}Groups`] !== undefined && other.kind === "external" ? [null] : []),
  ];
  return isAny(found);
}

/** The number of a port, "0" = any, or its name, which Cilium reads in small letters. */
export function ciliumPortOf({ port }: JsonRecord): string {
  return String(port ?? "0").toLowerCase();
}

function matchesPortItem(item: JsonRecord, target: Target, receiver: Endpoint): Matched {
  const protocol = text(item.protocol) ?? "ANY";
  if (protocol !== "ANY" && protocol.toUpperCase() !== target.protocol) return false;
  const port = ciliumPortOf(item);
  if (!/^\d+$/.test(port)) return matchesPortName(port, target, receiver);
  const start = Number(port);
  const end = typeof item.endPort === "number" && item.endPort > 0 ? item.endPort : start;
  return start === 0 || (target.port >= start && target.port <= end);
}

/**
 * Rules on layer 7 let the connection through and look at what is in it: the port counts as open. An entry that lists no port is about none, though no
 * entry at all is about every port.
 */
function matchesPorts(rule: JsonRecord, target: Target, receiver: Endpoint): Matched {
  if (!hasPorts(rule)) return !hasIcmp(rule);
  return isAny(records(rule.toPorts).flatMap((ports) => records(ports.ports).map((item) => matchesPortItem(item, target, receiver))));
}

/** The ports that rules of a spec name in one direction, where they are about no others; null = they may be about any. */
export function listSolePorts({ spec }: CiliumRule, direction: Direction): readonly string[] | null {
  const groups = listRules(spec, direction).flatMap((rule) => (hasPorts(rule) ? records(rule.toPorts).map(({ ports }) => records(ports)) : [[]]));
  const isSole = ({ port, endPort }: JsonRecord): boolean => /^[1-9]\d*$/.test(String(port)) && !endPort;
  if (!groups.every((group) => group.length > 0 && group.every(isSole))) return null;
  return groups.flat().map(({ port }) => String(port));
}

/** Whether one list of rules of a spec names a connection; `ask` where it matters to know of which addresses that is true. */
export function matchesRules(
  cilium: CiliumRule,
  section: string,
  { other, target, receiver }: { readonly other: Endpoint; readonly target: Target; readonly receiver: Endpoint },
  ask: AddressAsk | null = null,
): Matched {
  const found = records(cilium.spec[section]).map((rule): Matched => {
    const ports = matchesPorts(rule, target, receiver);
    return ports === false ? false : isAll([matchesPeers(rule, section, cilium, other, ask), ports]);
  });
  return isAny(found);
}
