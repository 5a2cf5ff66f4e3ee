import type { KubeObject } from "../../inventory/kube-object";
import { isInCidr } from "../../inventory/ip-address";
import { record, records, text } from "../../model/json";
import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Endpoint } from "./endpoint";
import { askGap, type PolicyGaps } from "./policy-gaps";

/** Of OVN-Kubernetes, and of the network of OpenShift before it. */
export function isEgressFirewall({ ref }: KubeObject): boolean {
  return ref.kind === "EgressFirewall" || ref.kind === "EgressNetworkPolicy";
}

/** It lets through what none of its rules names. */
export function limitsEgress({ body }: KubeObject): boolean {
  return records(record(body.spec).egress).some(({ type }) => type !== "Allow");
}

/** Whether a rule may refuse an address: one of a name or of nodes may mean any. */
function mayRefuse({ body }: KubeObject, address: string): boolean {
  return records(record(body.spec).egress).some(({ type, to }) => {
    const cidr = text(record(to).cidrSelector);
    return type !== "Allow" && (cidr === undefined || isInCidr(address, cidr));
  });
}

function sayMaybe({ ref }: KubeObject): Answer {
  return decide(null, `${ref.kind} ${ref.namespace}/${ref.name} may or may not let the address of the other end through.`, ref, "spec.egress");
}

/** The same for one address outside of the pods' networks. */
export function askFirewallsOf(address: string, firewalls: readonly KubeObject[], gaps: PolicyGaps, self: Endpoint): Answer | null {
  const firewall = firewalls.find((item) => item.ref.namespace === self.namespace && mayRefuse(item, address));
  if (self.isHostNetwork) return null;
  return firewall ? sayMaybe(firewall) : (askGap(gaps.firewall) ?? null);
}

/** What a firewall of the sender's namespace leaves of a connection that policies allow: pods are none of its business, and of other addresses some. */
export function askFirewalls(firewalls: readonly KubeObject[], gaps: PolicyGaps, self: Endpoint, other: Endpoint): Answer | null {
  const isOutside = other.kind === "external" || other.isHostNetwork;
  const [firewall] = firewalls;
  if (!isOutside || self.isHostNetwork || self.kind === "external") return null;
  if (!firewall) return askGap(gaps.firewall) ?? null;
  return other.kind === "external" ? { ...sayMaybe(firewall), isPartial: true } : sayMaybe(firewall);
}
