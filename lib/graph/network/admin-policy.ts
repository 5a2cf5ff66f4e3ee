import type { KubeObject } from "../../inventory/kube-object";
import { isInCidr } from "../../model/ip-address";
import { isEmptySelector, matchesSelector } from "../../inventory/labels/label-selector";
import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { isEveryAddress } from "./match-peer";
import { selects } from "./label-sight";
import { isAny, type Matched } from "./matched";
import { matchesPortName } from "./match-port";
import { type Direction, type Endpoint, isPodOfNetwork, type Target } from "./endpoint";
import { isUnrouted } from "./is-unrouted";
import type { Answer } from "../reason";
import type { Suppositions } from "./suppositions";

export type AdminTier = "Admin" | "Baseline";

/** A ClusterNetworkPolicy, or one of the two kinds that it replaced, as it acts. */
export interface AdminPolicy {
  readonly object: KubeObject;
  readonly tier: AdminTier;
  readonly priority: number;
  readonly subject: JsonRecord;
  readonly rules: Readonly<Record<Direction, readonly AdminRule[]>>;
}

export interface AdminRule {
  readonly action: "Accept" | "Deny" | "Pass" | "unknown";
  readonly peers: readonly JsonRecord[];
  /** null = every port of every protocol. */
  readonly ports: readonly JsonRecord[] | null;
  readonly index: number;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** No field is left of a peer that is of a newer version than the CRD: the API asks that such a rule accepts nothing, or denies everything. */
function hasLostPeer(peers: readonly JsonRecord[]): boolean {
  return peers.some((peer) => !Object.values(peer).some(isSet));
}

const EVERYONE: readonly JsonRecord[] = [{ namespaces: {} }, { networks: ["0.0.0.0/0", "::/0"] }];

function toAdminRules(value: unknown, peerKey: "from" | "to"): readonly AdminRule[] {
  return list(value).map((item, index): AdminRule => {
    const rule = record(item);
    const ports = records(rule.ports ?? rule.protocols);
    const action = rule.action === "Allow" || rule.action === "Accept" ? "Accept" : rule.action === "Deny" || rule.action === "Pass" ? rule.action : "unknown";
    const peers = records(rule[peerKey]);
    if (hasLostPeer(peers)) return action === "Accept" ? { action, peers: [], ports: null, index } : { action: "Deny", peers: EVERYONE, ports: null, index };
    return { action, peers, ports: ports.length > 0 ? ports : null, index };
  });
}

/** EKS has the kind in a group of its own: https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html. */
const ADMIN_GROUP = /^(?:policy\.networking\.k8s\.io|networking\.k8s\.aws)\//;

/** null = not one of these kinds. */
export function toAdminPolicy(object: KubeObject): AdminPolicy | null {
  const spec = record(object.body.spec);
  const tiers: Record<string, AdminTier> = {
    AdminNetworkPolicy: "Admin",
    BaselineAdminNetworkPolicy: "Baseline",
    ClusterNetworkPolicy: spec.tier === "Baseline" ? "Baseline" : "Admin",
  };
  const tier = ADMIN_GROUP.test(object.ref.apiVersion) ? tiers[object.ref.kind] : undefined;
  if (!tier) return null;
  const rules = { ingress: toAdminRules(spec.ingress, "from"), egress: toAdminRules(spec.egress, "to") };
  return { object, tier, priority: amount(spec.priority) ?? 0, subject: record(spec.subject), rules };
}

/** Compares the labels of two namespaces; what has no such label differs from everything. */
function sharesLabels(keys: readonly string[], one: Endpoint, other: Endpoint, isShared: boolean): boolean {
  const [own, theirs] = [one.namespaceLabels, other.namespaceLabels];
  if (keys.length === 0 || !keys.every((key) => Object.hasOwn(theirs, key))) return false;
  return keys.every((key) => own[key] === theirs[key]) === isShared;
}

/** A selector of namespaces, or what the first versions of the API had in its place: one of four ways, some of them relative to the subject. */
function matchesNamespaces(selector: unknown, endpoint: Endpoint, subject: Endpoint): boolean {
  const { related, namespaceSelector, sameLabels, notSameLabels } = record(selector);
  if (isSet(related)) return related === (endpoint.namespace === subject.namespace ? "Self" : "NotSelf");
  if (isSet(sameLabels)) return sharesLabels(texts(sameLabels), subject, endpoint, true);
  if (isSet(notSameLabels)) return sharesLabels(texts(notSameLabels), subject, endpoint, false);
  return matchesSelector(isRecord(namespaceSelector) ? namespaceSelector : selector, endpoint.namespaceLabels);
}

function isEveryNamespace(selector: unknown): boolean {
  const { related, namespaceSelector, sameLabels, notSameLabels } = record(selector);
  return ![related, sameLabels, notSameLabels].some(isSet) && isEmptySelector(isRecord(namespaceSelector) ? namespaceSelector : selector);
}

/** Whether it names peers by what their namespace has in common with that of the subject. */
export const isRelative = rememberedOf(({ rules }: AdminPolicy): boolean => {
  const peers = [...rules.ingress, ...rules.egress].flatMap((rule) => rule.peers);
  const places = peers.flatMap(({ namespaces, pods }) => [record(namespaces), record(record(pods).namespaces ?? record(pods).namespaceSelector)]);
  return places.some(({ related, sameLabels, notSameLabels }) => [related, sameLabels, notSameLabels].some(isSet));
});

/** Whether a peer is every pod of the cluster. */
export function isEveryPod({ namespaces, pods }: JsonRecord): boolean {
  if (isRecord(namespaces)) return isEveryNamespace(namespaces);
  return isRecord(pods) && isEveryNamespace(pods.namespaces ?? pods.namespaceSelector) && isEmptySelector(pods.podSelector);
}

/** `{namespaces: selector}` or `{pods: {namespaceSelector, podSelector}}`; pods in the node's network never match. null = that hangs on a label that may not count. */
export function matchesSelection(selection: JsonRecord, endpoint: Endpoint, subject: Endpoint): Matched {
  if (endpoint.isHostNetwork || endpoint.kind === "external") return false;
  if (isRecord(selection.namespaces)) return matchesNamespaces(selection.namespaces, endpoint, subject);
  if (!isRecord(selection.pods)) return false;
  const { namespaceSelector, namespaces, podSelector } = selection.pods;
  return matchesNamespaces(namespaces ?? namespaceSelector, endpoint, subject) && selects(podSelector, endpoint);
}

function matchesRange(value: unknown, start: unknown, end: unknown): boolean {
  return typeof value === "number" && value >= (amount(start) ?? 0) && value <= (amount(end) ?? 65535);
}

function matchesProtocol(item: JsonRecord, target: Target, receiver: Endpoint): Matched {
  const named = text(item.namedPort) ?? text(item.destinationNamedPort);
  if (named !== undefined) return matchesPortName(named, target, receiver);
  const single = record(item.portNumber);
  if (isRecord(item.portNumber)) return (text(single.protocol) ?? "TCP") === target.protocol && single.port === target.port;
  const range = record(item.portRange);
  if (isRecord(item.portRange)) return (text(range.protocol) ?? "TCP") === target.protocol && matchesRange(target.port, range.start, range.end);
  const own = item[target.protocol.toLowerCase()];
  if (!isRecord(own)) return false;
  if (!isRecord(own.destinationPort)) return true;
  const { number, range: span } = own.destinationPort;
  return number !== undefined ? number === target.port : matchesRange(target.port, record(span).start, record(span).end);
}

/** True when a selection asks for labels of pods. */
function asksForLabels(selection: JsonRecord): boolean {
  return isRecord(selection.pods) && !isEmptySelector(selection.pods.podSelector);
}

/** The same selection, whatever labels pods have. */
export function withoutLabels(selection: JsonRecord): JsonRecord {
  return isRecord(selection.pods) ? { pods: { ...selection.pods, podSelector: {} } } : selection;
}

/** One connection in the eyes of the policies of its one end. */
export interface Encounter {
  readonly self: Endpoint;
  readonly other: Endpoint;
  readonly receiver: Endpoint;
  readonly target: Target;
  readonly supposed: Pick<Suppositions, "ask" | "askRange">;
}

function soleNumberOf(item: JsonRecord): string | null {
  const [[key, value] = [], ...others] = Object.entries(item);
  const { port, destinationPort } = record(value);
  const number = amount(key === "portNumber" ? port : /^(?:tcp|udp|sctp)$/.test(key ?? "") ? record(destinationPort).number : undefined);
  return number === undefined || others.length > 0 ? null : String(number);
}

/** The ports that a rule names by number, where it is about no others; null = it may be about any. */
export const listSolePorts = rememberedOf(({ ports }: AdminRule): readonly string[] | null => {
  const numbers = ports?.map(soleNumberOf) ?? [null];
  return numbers.every((number) => number !== null) ? numbers : null;
});

/** The question whether the other end has the labels of a selector. */
export function labelsKey(selector: unknown): string {
  return `labels ${JSON.stringify(selector)}`;
}

/** Pods have addresses, too: a range of all of them holds every pod, and a smaller one may hold any, but for the few that no pod has. */
function matchesPeer(peer: JsonRecord, { self, other, supposed }: Pick<Encounter, "self" | "other" | "supposed">, doubt: Answer): boolean {
  const networks = texts(peer.networks);
  const limited = isPodOfNetwork(other) ? networks.filter((cidr) => !isUnrouted(cidr)) : networks;
  const { address } = other;
  if (networks.length > 0 && address !== undefined) return networks.some((cidr) => isInCidr(address, cidr));
  if (networks.length > 0) return networks.some(isEveryAddress) || limited.some((cidr) => supposed.askRange(cidr, doubt));
  if (isRecord(peer.nodes)) return other.isHostNetwork && (isEmptySelector(peer.nodes) || supposed.ask(`nodes ${JSON.stringify(peer.nodes)}`, doubt));
  if (list(peer.domainNames).length > 0) return other.kind === "external" && supposed.ask(`names ${JSON.stringify(peer.domainNames)}`, doubt);
  if (!isRecord(peer.namespaces) && !isRecord(peer.pods)) return supposed.ask(`peer ${JSON.stringify(peer)}`, doubt);
  const isUnknown = other.kind === "absent" && asksForLabels(peer);
  const chosen = matchesSelection(isUnknown ? withoutLabels(peer) : peer, other, self);
  if (chosen === false || (chosen && !isUnknown)) return chosen;
  return supposed.ask(labelsKey(record(peer.pods).podSelector), doubt);
}

const NO_DOUBT: Answer = { allowed: null, because: [] };
const MAYBE = { ask: () => true, askRange: () => true };

/** Whether a peer is the other end, or may be, on whatever port. */
export function mayNamePeer(peer: JsonRecord, self: Endpoint, other: Endpoint): boolean {
  return matchesPeer(peer, { self, other, supposed: MAYBE }, NO_DOUBT);
}

/** Whether a rule names a connection; `doubt` says what is not known, should it hang on that. */
export function matchesAdminRule(rule: AdminRule, encounter: Encounter, doubt: Answer): boolean {
  const { target, receiver, supposed } = encounter;
  const isPort = rule.ports === null || isAny(rule.ports.map((item) => matchesProtocol(item, target, receiver)));
  if (isPort === false || !rule.peers.some((peer) => matchesPeer(peer, encounter, doubt))) return false;
  if (isPort) return true;
  const { isPartial: _, ...unnamed } = doubt;
  return supposed.ask(`ports ${JSON.stringify(rule.ports)}`, unnamed);
}
