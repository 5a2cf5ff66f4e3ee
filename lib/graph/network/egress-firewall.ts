import { isInCidr } from "../../model/ip-address";
import type { KubeObject } from "../../inventory/kube-object";
import { amount, type JsonRecord, list, record, records, text } from "../../model/json";
import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Endpoint, Target } from "./endpoint";
import { isEveryAddress } from "./match-peer";
import { isAll, type Matched } from "./matched";
import { named } from "../../model/named";
import { askGap, type PolicyGaps } from "./policy-gaps";

/** Of OVN-Kubernetes, and of the network of OpenShift before it. */
export function isEgressFirewall({ ref }: KubeObject): boolean {
  return ref.kind === "EgressFirewall" || ref.kind === "EgressNetworkPolicy";
}

/** It lets through what none of its rules names. */
export function limitsEgress({ body }: KubeObject): boolean {
  return listFirewallRules(body).some(({ type }) => type !== "Allow");
}

export function listFirewallRules(body: JsonRecord): readonly JsonRecord[] {
  return records(record(body.spec).egress);
}

/** No ports are every port. */
function matchesPorts(ports: unknown, { port, protocol }: Target): boolean {
  return list(ports).length === 0 || records(ports).some((item) => (text(item.protocol) ?? "TCP") === protocol && amount(item.port) === port);
}

/** null = the address of the other end, or those of a name, would decide. Whether all addresses are those of nodes, too, is not relied on. */
function matchesPlace(to: JsonRecord, { address, kind }: Endpoint): Matched {
  const cidr = text(to.cidrSelector);
  if (cidr === undefined) return to.nodeSelector !== undefined && kind === "external" ? false : null;
  if (address !== undefined) return isInCidr(address, cidr);
  return kind === "external" && isEveryAddress(cidr) ? true : null;
}

function sayMaybe({ ref }: KubeObject): Answer {
  return decide(null, `${named(ref)} may or may not let the address of the other end through.`, ref, "spec.egress");
}

/** Rules are asked in their order, and the first that names a connection decides; null = it lets it through. */
function askFirewall(firewall: KubeObject, other: Endpoint, target: Target): Answer | null {
  let mayDeny = false;
  let mayAllow = false;
  const { ref, body } = firewall;
  for (const [index, { type, to, ports }] of listFirewallRules(body).entries()) {
    const matched = isAll([matchesPorts(ports, target), matchesPlace(record(to), other)]);
    if (matched === false) continue;
    const isAllow = type === "Allow";
    if (matched === null) {
      mayDeny ||= !isAllow;
      mayAllow ||= isAllow;
      continue;
    }
    if (isAllow) return mayDeny ? sayMaybe(firewall) : null;
    return mayAllow ? sayMaybe(firewall) : decide(false, `${named(ref)} denies it.`, ref, `spec.egress[${index}]`);
  }
  return mayDeny ? sayMaybe(firewall) : null;
}

/** What a firewall of the sender's namespace leaves of a connection that policies allow: pods are none of its business. */
export function askFirewalls(firewalls: readonly KubeObject[], gaps: PolicyGaps, self: Endpoint, other: Endpoint, target: Target): Answer | null {
  const isOutside = other.kind === "external" || other.isHostNetwork;
  if (!isOutside || self.isHostNetwork || self.kind === "external") return null;
  const gap = askGap(gaps.firewall);
  const said = firewalls.flatMap((firewall) => askFirewall(firewall, other, target) ?? []);
  const held = said.find(({ allowed }) => allowed === false) ?? said[0];
  if (!held || held.allowed === false) return held ?? gap ?? null;
  return other.kind === "external" && other.address === undefined && !gap ? { ...held, isPartial: true } : held;
}
