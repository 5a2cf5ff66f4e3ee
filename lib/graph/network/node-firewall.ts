import type { KubeObject } from "../../inventory/kube-object";
import { amount, record, records, text } from "../../model/json";
import type { Target } from "./endpoint";
import { LAST_PORT, type PortCuts } from "./port-span";

/** What the Ingress Node Firewall of OpenShift drops on interfaces of nodes: https://docs.okd.io/latest/networking/ingress-node-firewall-operator.html. */
export function isNodeFirewall({ ref }: KubeObject): boolean {
  return ref.kind === "IngressNodeFirewall" && ref.apiVersion.startsWith("ingressnodefirewall.openshift.io/");
}

interface FirewallRule {
  readonly isAllow: boolean;
  /** "" = every protocol. */
  readonly protocol: string;
  /** Both ends included. */
  readonly ports: readonly [from: number, to: number];
}

/**
 * A port, or a range `8000-9000`, whose last port may not count: a rule that lets through is taken for as little as it can be, one that denies
 * for as much.
 */
function toPorts(written: unknown, isAllow: boolean): FirewallRule["ports"] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(String(written ?? "")) ?? [];
  if (from === undefined) return isAllow ? [0, -1] : [0, LAST_PORT];
  return [Number(from), to === undefined ? Number(from) : Number(to) - (isAllow ? 1 : 0)];
}

/** The rules for each list of sources, in the order in which they are asked: the first that names a packet decides. */
function listRules({ body }: KubeObject): readonly (readonly FirewallRule[])[] {
  return records(record(body.spec).ingress).map((item) => {
    const rules = [...records(item.rules)].sort((a, b) => (amount(a.order) ?? 0) - (amount(b.order) ?? 0));
    return rules.map(({ action, protocolConfig }) => {
      const config = record(protocolConfig);
      const protocol = text(config.protocol) ?? "";
      const isAllow = action === "Allow";
      const ports = protocol === "" ? ([0, LAST_PORT] as const) : toPorts(record(config[protocol.toLowerCase()]).ports, isAllow);
      return { isAllow, protocol, ports };
    });
  });
}

export function deniesAny(firewall: KubeObject): boolean {
  return listRules(firewall)
    .flat()
    .some(({ isAllow }) => !isAllow);
}

/** Whether it may drop a connection to a port of a node: from which address, and to which node, is not asked. What no rule denies is let through. */
export function mayDrop(firewall: KubeObject, { protocol: asked, port }: Target): boolean {
  const names = ({ protocol, ports: [from, to] }: FirewallRule) => (protocol === "" || protocol === asked) && from <= port && port <= to;
  return listRules(firewall).some((rules) => rules.find(names)?.isAllow === false);
}

export function addFirewallCuts(cuts: PortCuts, firewall: KubeObject): void {
  for (const { protocol, ports } of listRules(firewall).flat()) cuts.add(protocol === "" ? "ANY" : protocol, ports[0], ports[1]);
}
