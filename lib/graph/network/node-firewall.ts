import type { KubeObject } from "../../inventory/kube-object";
import { record, records, text } from "../../model/json";
import type { Target } from "./endpoint";
import type { PortCuts } from "./port-span";

/** What the Ingress Node Firewall of OpenShift drops on interfaces of nodes: https://docs.okd.io/latest/networking/ingress-node-firewall-operator.html. */
export function isNodeFirewall({ ref }: KubeObject): boolean {
  return ref.kind === "IngressNodeFirewall" && ref.apiVersion.startsWith("ingressnodefirewall.openshift.io/");
}

interface Denial {
  /** "" = every protocol. */
  readonly protocol: string;
  /** Null = every port. */
  readonly ports: readonly [from: number, to: number] | null;
}

/** A port, or a range `8000-9000`; what does not parse may be any. */
function toPorts(written: unknown): Denial["ports"] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(String(written ?? "")) ?? [];
  return from === undefined ? null : [Number(from), Number(to ?? from)];
}

/** What no rule denies is let through. */
function listDenials({ body }: KubeObject): readonly Denial[] {
  const rules = records(record(body.spec).ingress).flatMap((item) => records(item.rules));
  return rules
    .filter(({ action }) => action !== "Allow")
    .map(({ protocolConfig }) => {
      const config = record(protocolConfig);
      const protocol = text(config.protocol) ?? "";
      return { protocol, ports: toPorts(record(config[protocol.toLowerCase()]).ports) };
    });
}

export function deniesAny(firewall: KubeObject): boolean {
  return listDenials(firewall).length > 0;
}

/** Whether it may drop a connection to a port of a node: from which address, and to which node, is not asked. */
export function mayDrop(firewall: KubeObject, { protocol: asked, port }: Target): boolean {
  return listDenials(firewall).some(({ protocol, ports }) => (protocol === "" || protocol === asked) && (!ports || (ports[0] <= port && port <= ports[1])));
}

export function addFirewallCuts(cuts: PortCuts, firewall: KubeObject): void {
  for (const { protocol, ports } of listDenials(firewall)) if (ports) cuts.add(protocol === "" ? "ANY" : protocol, ports[0], ports[1]);
}
