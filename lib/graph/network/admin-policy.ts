import type { KubeObject } from "../../inventory/kube-object";
import { isEmptySelector, matchesSelector } from "../../inventory/label-selector";
import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { isDefaultRoute } from "./match-peer";
import { matchesPortName } from "./match-port";
import type { Direction, Endpoint, Target } from "./endpoint";

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

function toAdminRules(value: unknown, peerKey: "from" | "to"): readonly AdminRule[] {
  return list(value).map((item, index) => {
    const rule = record(item);
    const ports = records(rule.ports ?? rule.protocols);
    const action = rule.action === "Allow" || rule.action === "Accept" ? "Accept" : rule.action === "Deny" || rule.action === "Pass" ? rule.action : "unknown";
    return { action, peers: records(rule[peerKey]), ports: ports.length > 0 ? ports : null, index };
  });
}

/** null = not one of these kinds. */
export function toAdminPolicy(object: KubeObject): AdminPolicy | null {
  const spec = record(object.body.spec);
  const tiers: Record<string, AdminTier> = {
    AdminNetworkPolicy: "Admin",
    BaselineAdminNetworkPolicy: "Baseline",
    ClusterNetworkPolicy: spec.tier === "Baseline" ? "Baseline" : "Admin",
  };
  const tier = object.ref.apiVersion.startsWith("policy.networking.k8s.io/") ? tiers[object.ref.kind] : undefined;
  if (!tier) return null;
  const rules = { ingress: toAdminRules(spec.ingress, "from"), egress: toAdminRules(spec.egress, "to") };
  return { object, tier, priority: amount(spec.priority) ?? 0, subject: record(spec.subject), rules };
}

/** `{namespaces: selector}` or `{pods: {namespaceSelector, podSelector}}`; pods in the node's network never match. */
export function matchesSelection(selection: JsonRecord, endpoint: Endpoint): boolean {
  if (endpoint.isHostNetwork || endpoint.kind === "external") return false;
  if (isRecord(selection.namespaces)) return matchesSelector(selection.namespaces, endpoint.namespaceLabels);
  if (!isRecord(selection.pods)) return false;
  const { namespaceSelector, podSelector } = selection.pods;
  return matchesSelector(namespaceSelector, endpoint.namespaceLabels) && matchesSelector(podSelector, endpoint.labels);
}

function matchesRange(value: unknown, start: unknown, end: unknown): boolean {
  return typeof value === "number" && value >= (amount(start) ?? 0) && value <= (amount(end) ?? 65535);
}

function matchesProtocol(item: JsonRecord, target: Target, receiver: Endpoint): boolean {
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

/** "maybe": it depends on an address or on labels that are not known. */
type AdminMatch = "yes" | "no" | "maybe";

/** True when a selection asks for labels of pods. */
function asksForLabels(selection: JsonRecord): boolean {
  return isRecord(selection.pods) && !isEmptySelector(selection.pods.podSelector);
}

/** True when a rule names its other end by anything but what pods and namespaces are called. */
export function namesByAddress(rule: AdminRule): boolean {
  return rule.peers.some((peer) => !isRecord(peer.namespaces) && !isRecord(peer.pods));
}

/** Pods have addresses, too: a range of all of them holds every pod, and a smaller one may hold any. */
function matchAdminPeer(peer: JsonRecord, other: Endpoint): AdminMatch {
  const networks = texts(peer.networks);
  if (networks.some(isDefaultRoute)) return "yes";
  if (networks.length > 0) return "maybe";
  if (other.isHostNetwork && isRecord(peer.nodes)) return "maybe";
  if (other.kind === "external" && list(peer.domainNames).length > 0) return "maybe";
  if (other.kind !== "absent" || !asksForLabels(peer)) return matchesSelection(peer, other) ? "yes" : "no";
  return matchesSelection({ pods: { ...record(peer.pods), podSelector: {} } }, other) ? "maybe" : "no";
}

export function matchAdminRule(rule: AdminRule, other: Endpoint, target: Target, receiver: Endpoint): AdminMatch {
  if (rule.ports !== null && !rule.ports.some((item) => matchesProtocol(item, target, receiver))) return "no";
  const matches = rule.peers.map((peer) => matchAdminPeer(peer, other));
  return matches.find((match) => match === "yes") ?? matches.find((match) => match === "maybe") ?? "no";
}
