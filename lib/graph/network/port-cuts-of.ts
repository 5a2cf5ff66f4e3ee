import type { KubeObject } from "../../inventory/kube-object";
import { amount, isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import type { AdminPolicy } from "./admin-policy";
import type { CalicoPolicy } from "./calico";
import { ciliumPortOf, type CiliumRule } from "./cilium";
import { listFirewallRules } from "./egress-firewall";
import type { Direction, Endpoint, Target } from "./endpoint";
import { addFirewallCuts } from "./node-firewall";
import type { Policy } from "./policy";
import type { PolicyIndex } from "./policy-index";
import { PortCuts, type Protocol, PROTOCOLS } from "./port-span";
import type { Side } from "./side";

function addPolicyPort(cuts: PortCuts, item: JsonRecord): void {
  const { port } = item;
  if (typeof port === "number") cuts.add(text(item.protocol) ?? "TCP", port, amount(item.endPort) ?? port);
  else if (typeof port === "string") cuts.names.add(port);
}

function addAdminPort(cuts: PortCuts, item: JsonRecord): void {
  const named = text(item.namedPort) ?? text(item.destinationNamedPort);
  if (named !== undefined) cuts.names.add(named);
  const range = (protocol: string, value: JsonRecord) => cuts.add(protocol, amount(value.start) ?? 0, amount(value.end) ?? 65_535);
  const [single, span] = [record(item.portNumber), record(item.portRange)];
  if (typeof single.port === "number") cuts.add(text(single.protocol) ?? "TCP", single.port);
  if (isRecord(item.portRange)) range(text(span.protocol) ?? "TCP", span);
  for (const protocol of PROTOCOLS) {
    const { number, range: within } = record(record(item[protocol.toLowerCase()]).destinationPort);
    if (typeof number === "number") cuts.add(protocol, number);
    if (isRecord(within)) range(protocol, within);
  }
}

function addCiliumPorts(cuts: PortCuts, { spec }: CiliumRule): void {
  const rules = ["ingress", "ingressDeny", "egress", "egressDeny"].flatMap((section) => records(spec[section]));
  for (const item of rules.flatMap((rule) => records(rule.toPorts)).flatMap((ports) => records(ports.ports))) {
    const port = ciliumPortOf(item);
    if (/^\d+$/.test(port)) cuts.add((text(item.protocol) ?? "ANY").toUpperCase(), Number(port), amount(item.endPort) || Number(port));
    else cuts.names.add(port);
  }
}

function addCalicoPorts(cuts: PortCuts, { object }: CalicoPolicy): void {
  const spec = record(object.body.spec);
  for (const rule of [...records(spec.ingress), ...records(spec.egress)]) {
    const { ports, notPorts } = record(rule.destination);
    for (const port of [...list(ports), ...list(notPorts)]) {
      const [, start, end] = /^(\d+)(?::(\d+))?$/.exec(String(port)) ?? [];
      if (start === undefined) cuts.names.add(String(port));
      else cuts.add("ANY", Number(start), Number(end ?? start));
    }
  }
}

function addFirewallPorts(cuts: PortCuts, { body }: KubeObject): void {
  for (const { port, protocol } of listFirewallRules(body).flatMap(({ ports }) => records(ports))) cuts.add(text(protocol) ?? "TCP", amount(port) ?? 0);
}

function addRules(cuts: PortCuts, policies: readonly Policy[], admin: readonly AdminPolicy[], direction: Direction): void {
  for (const item of policies.flatMap((policy) => policy.rules[direction]).flatMap((rule) => rule.ports ?? [])) addPolicyPort(cuts, item);
  for (const item of admin.flatMap((policy) => policy.rules[direction]).flatMap((rule) => rule.ports ?? [])) addAdminPort(cuts, item);
}

/** Where the answers of one side may change from port to port. */
export function portCutsOf({ admin, isolating, foreign, direction }: Side): PortCuts {
  const cuts = new PortCuts();
  addRules(cuts, isolating, [...admin.Admin, ...admin.Baseline], direction);
  for (const rule of [...foreign.cilium, ...foreign.hosts.cilium]) addCiliumPorts(cuts, rule);
  for (const policy of foreign.calico) addCalicoPorts(cuts, policy);
  for (const firewall of foreign.firewalls) addFirewallPorts(cuts, firewall);
  for (const firewall of foreign.hosts.firewalls) addFirewallCuts(cuts, firewall);
  return cuts;
}

/** The cuts of a side for one receiver, whose ports have the names that rules ask for. */
export function resolveCuts(cuts: PortCuts, receiver: Endpoint): PortCuts {
  const named: readonly Target[] = [...receiver.namedPorts.filter((port) => cuts.names.has(port.name)), ...(receiver.openPorts ?? [])];
  if (named.length === 0) return cuts;
  const resolved = new PortCuts();
  resolved.addAll(cuts);
  for (const { port, protocol } of named) resolved.add(protocol, port);
  return resolved;
}

/** TCP and UDP, and SCTP where some policy speaks of it. */
export function protocolsOf(policies: readonly KubeObject[]): readonly Protocol[] {
  return policies.some(({ body }) => /sctp|"?132\b/i.test(JSON.stringify(body.spec) ?? "")) ? PROTOCOLS : ["TCP", "UDP"];
}

/** Every name of a port that some policy of the index asks for. */
export function portNamesOf(index: PolicyIndex): ReadonlySet<string> {
  const cuts = new PortCuts();
  const policies = [...index.byNamespace.values()].flat();
  const admin = [...index.admin.Admin, ...index.admin.Baseline];
  for (const direction of ["ingress", "egress"] as const) addRules(cuts, policies, admin, direction);
  for (const rule of [...index.foreign.cilium, ...index.foreign.hosts.cilium]) addCiliumPorts(cuts, rule);
  for (const policy of index.foreign.calico) addCalicoPorts(cuts, policy);
  return cuts.names;
}
