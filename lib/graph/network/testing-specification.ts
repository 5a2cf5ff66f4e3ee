import { type JsonRecord, list, record, records, texts } from "../../model/json";

/**
 * The rules of the APIs once more, for tests: one packet between two places of which everything is known, decided policy by policy as the
 * specifications put it, with nothing of the code that is tested. What the code cannot know is tried in every way.
 */
export interface Place {
  /** Null = outside of the cluster. */
  readonly pod: PlacedPod | null;
  readonly address: string;
  /** Null = outside. */
  readonly node: string | null;
}

export interface PlacedPod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly isHostNetwork: boolean;
  readonly ports: readonly { readonly name: string; readonly containerPort: number; readonly protocol?: string }[];
}

export interface Packet {
  readonly from: Place;
  readonly to: Place;
  readonly port: number;
  readonly protocol: string;
}

/** What the APIs leave to the one who implements them. */
export interface Choices {
  /** Ranges of a NetworkPolicy hold addresses of nodes. */
  readonly rangesHoldNodes: boolean;
  /** Policies of one priority are asked by their names from behind. */
  readonly isReversed: boolean;
}

export interface Cluster {
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly policies: readonly JsonRecord[];
}

type Direction = "ingress" | "egress";
type Labels = Readonly<Record<string, string>>;

function fits(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  const isEqual = Object.entries(record(matchLabels)).every(([key, value]) => labels[key] === value);
  return (
    isEqual &&
    records(matchExpressions).every(({ key, operator, values }) => {
      const own = labels[String(key)];
      const isIn = own !== undefined && texts(values).includes(own);
      if (operator === "In") return isIn;
      if (operator === "NotIn") return !isIn;
      return operator === "Exists" ? own !== undefined : own === undefined;
    })
  );
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function holds(cidr: unknown, address: string): boolean {
  const [base = "", length = "32"] = String(cidr).split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(toNumber(base) / size) === Math.floor(toNumber(address) / size);
}

/** Rules of NetworkPolicies about ranges are for addresses that no pod has. */
function isInRange(ipBlock: JsonRecord, { pod, address }: Place, { rangesHoldNodes }: Choices): boolean {
  if (pod !== null && !(pod.isHostNetwork && rangesHoldNodes)) return false;
  return holds(ipBlock.cidr, address) && !list(ipBlock.except).some((range) => holds(range, address));
}

function isPeer(peer: JsonRecord, policyNamespace: string, other: Place, cluster: Cluster, choices: Choices): boolean {
  if (peer.ipBlock !== undefined) return isInRange(record(peer.ipBlock), other, choices);
  const { pod } = other;
  if (pod === null || pod.isHostNetwork) return false;
  const isNear =
    peer.namespaceSelector === undefined ? pod.namespace === policyNamespace : fits(peer.namespaceSelector, cluster.namespaces[pod.namespace] ?? {});
  return isNear && fits(peer.podSelector ?? {}, pod.labels);
}

function isNamed(name: unknown, { to, port, protocol }: Packet): boolean {
  return to.pod?.ports.some((one) => one.name === name && one.containerPort === port && (one.protocol ?? "TCP") === protocol) ?? false;
}

function isPort(item: JsonRecord, packet: Packet): boolean {
  if ((item.protocol ?? "TCP") !== packet.protocol) return false;
  if (item.port === undefined) return true;
  if (typeof item.port === "string") return isNamed(item.port, packet);
  return packet.port >= Number(item.port) && packet.port <= Number(item.endPort ?? item.port);
}

function typesOf({ policyTypes, egress }: JsonRecord): readonly string[] {
  if (list(policyTypes).length > 0) return texts(policyTypes);
  return list(egress).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

function ofKind(cluster: Cluster, ...kinds: readonly string[]): readonly JsonRecord[] {
  return cluster.policies.filter(({ kind }) => kinds.includes(String(kind)));
}

function endsOf({ from, to }: Packet, direction: Direction): readonly [self: Place, other: Place] {
  return direction === "ingress" ? [to, from] : [from, to];
}

function isolatesOneEnd({ metadata, spec }: JsonRecord, packet: Packet, direction: Direction): boolean {
  const [{ pod }] = endsOf(packet, direction);
  if (pod === null || pod.isHostNetwork || record(metadata).namespace !== pod.namespace) return false;
  return fits(record(spec).podSelector, pod.labels) && typesOf(record(spec)).includes(direction === "ingress" ? "Ingress" : "Egress");
}

function isRule(rule: JsonRecord, { metadata }: JsonRecord, packet: Packet, direction: Direction, cluster: Cluster, choices: Choices): boolean {
  const [, other] = endsOf(packet, direction);
  const peers = records(rule[direction === "ingress" ? "from" : "to"]);
  const ports = records(rule.ports);
  const isFrom = peers.length === 0 || peers.some((peer) => isPeer(peer, String(record(metadata).namespace), other, cluster, choices));
  return isFrom && (ports.length === 0 || ports.some((item) => isPort(item, packet)));
}

/** undefined = no policy isolates the pod. */
function askNetworkPolicies(packet: Packet, direction: Direction, cluster: Cluster, choices: Choices): boolean | undefined {
  const own = ofKind(cluster, "NetworkPolicy").filter((policy) => isolatesOneEnd(policy, packet, direction));
  if (own.length === 0) return undefined;
  return own.some((policy) => records(record(policy.spec)[direction]).some((rule) => isRule(rule, policy, packet, direction, cluster, choices)));
}

function isInSelection({ namespaces, pods }: JsonRecord, { pod }: Place, cluster: Cluster): boolean {
  if (pod === null || pod.isHostNetwork) return false;
  const labels = cluster.namespaces[pod.namespace] ?? {};
  if (namespaces !== undefined) return fits(namespaces, labels);
  const { namespaceSelector, podSelector } = record(pods);
  return fits(namespaceSelector, labels) && fits(podSelector, pod.labels);
}

function isAdminPeer(peer: JsonRecord, other: Place, cluster: Cluster): boolean {
  if (peer.networks !== undefined) return list(peer.networks).some((range) => holds(range, other.address));
  if (peer.nodes !== undefined) return other.pod?.isHostNetwork === true;
  return isInSelection(peer, other, cluster);
}

function isAdminPort(item: JsonRecord, packet: Packet): boolean {
  const name = item.namedPort ?? item.destinationNamedPort;
  if (name !== undefined) return isNamed(name, packet);
  const { portNumber, portRange } = item;
  const isIn = (start: unknown, end: unknown) => packet.port >= Number(start) && packet.port <= Number(end);
  if (portNumber !== undefined) return record(portNumber).protocol === packet.protocol && isIn(record(portNumber).port, record(portNumber).port);
  if (portRange !== undefined) return record(portRange).protocol === packet.protocol && isIn(record(portRange).start, record(portRange).end);
  const own = item[packet.protocol.toLowerCase()];
  if (own === undefined) return false;
  const { destinationPort } = record(own);
  if (destinationPort === undefined) return true;
  const { number, range } = record(destinationPort);
  return number === undefined ? isIn(record(range).start, record(range).end) : number === packet.port;
}

function isAdminRule(rule: JsonRecord, { subject }: JsonRecord, packet: Packet, direction: Direction, cluster: Cluster): boolean {
  const [self, other] = endsOf(packet, direction);
  const ports = records(rule.ports ?? rule.protocols);
  if (!isInSelection(record(subject), self, cluster)) return false;
  const isFrom = records(rule[direction === "ingress" ? "from" : "to"]).some((peer) => isAdminPeer(peer, other, cluster));
  return isFrom && (ports.length === 0 || ports.some((item) => isAdminPort(item, packet)));
}

function tierOf({ kind, spec }: JsonRecord): string {
  if (kind === "ClusterNetworkPolicy") return String(record(spec).tier);
  return kind === "AdminNetworkPolicy" ? "Admin" : "Baseline";
}

/** undefined = no rule has a say, or the first that does hands on. */
function askTier(tier: string, packet: Packet, direction: Direction, cluster: Cluster, { isReversed }: Choices): boolean | undefined {
  const found = ofKind(cluster, "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy").filter((one) => tierOf(one) === tier);
  const priorityOf = ({ spec }: JsonRecord) => Number(record(spec).priority ?? 0);
  const ordered = (isReversed ? [...found].reverse() : [...found]).sort((a, b) => priorityOf(a) - priorityOf(b));
  for (const { spec } of ordered) {
    const rule = records(record(spec)[direction]).find((one) => isAdminRule(one, record(spec), packet, direction, cluster));
    if (rule) return rule.action === "Pass" ? undefined : rule.action !== "Deny";
  }
  return undefined;
}

function passesOneEnd(packet: Packet, direction: Direction, cluster: Cluster, choices: Choices): boolean {
  const admin = askTier("Admin", packet, direction, cluster, choices);
  if (admin !== undefined) return admin;
  const told = askNetworkPolicies(packet, direction, cluster, choices);
  // "... OR if the traffic source is the pod's local node".
  const isFromOwnNode = direction === "ingress" && packet.from.pod?.isHostNetwork === true && packet.from.node === packet.to.node;
  if (told !== undefined) return told || isFromOwnNode;
  return askTier("Baseline", packet, direction, cluster, choices) ?? true;
}

/** Whether a packet arrives. */
export function passes(packet: Packet, cluster: Cluster, choices: Choices): boolean {
  if (packet.from.pod !== null && packet.from.pod === packet.to.pod) return true;
  return passesOneEnd(packet, "egress", cluster, choices) && passesOneEnd(packet, "ingress", cluster, choices);
}

/** Whether the rule at a path such as `spec.ingress[2]` names a packet. */
export function holdsAt(policy: JsonRecord, path: string, packet: Packet, cluster: Cluster): boolean {
  const [, direction, index] = /^spec\.(ingress|egress)\[(\d+)\]$/.exec(path) ?? [];
  if (direction !== "ingress" && direction !== "egress") return false;
  const rule = record(list(record(policy.spec)[direction])[Number(index)]);
  if (policy.kind !== "NetworkPolicy") return isAdminRule(rule, record(policy.spec), packet, direction, cluster);
  const choices = { rangesHoldNodes: true, isReversed: false };
  return isolatesOneEnd(policy, packet, direction) && isRule(rule, policy, packet, direction, cluster, choices);
}

/** Whether a NetworkPolicy closes one end of a packet. */
export function isolates(policy: JsonRecord, packet: Packet): boolean {
  return (["ingress", "egress"] as const).some((direction) => isolatesOneEnd(policy, packet, direction));
}
