import type { KubeObject } from "../../inventory/kube-object";
import { isEmptySelector } from "../../inventory/labels/label-selector";
import { list, record, records, texts } from "../../model/json";
import type { Answer } from "../reason";
import { CALICO_GROUP, type CalicoPolicy } from "./calico";
import { selectsHost } from "./calico-end";
import { type CiliumRule, isolates, matchesRules, meetsRequirements, sectionsOf } from "./cilium";
import { decide } from "./decision";
import type { Direction, Endpoint, Target } from "./endpoint";
import { named } from "../../model/named";
import { deniesAny, isNodeFirewall, mayDrop } from "./node-firewall";
import { askGap, type PolicyGaps } from "./policy-gaps";

/** What may close the network of nodes, which NetworkPolicies do not reach. On which node a pod runs is not known. */
export interface HostPolicies {
  /** Rules that choose nodes: https://docs.cilium.io/en/stable/security/policy/host/. None where the host firewall is off. */
  readonly cilium: readonly CiliumRule[];
  /** The host firewall of Cilium is on; null = that is not known. */
  readonly isOn: boolean | null;
  /** Some interface of a node is declared to Calico. */
  readonly hasEndpoints: boolean;
  /** Those that Calico closes unless a policy opens them: https://docs.tigera.io/calico/latest/reference/host-endpoints/overview. */
  readonly closing: readonly KubeObject[];
  /** Policies that may choose an interface of a node. */
  readonly calico: readonly CalicoPolicy[];
  /** Policies of Antrea that choose nodes: https://antrea.io/docs/main/docs/antrea-node-network-policy/. */
  readonly antrea: readonly KubeObject[];
  /** Firewalls of OpenShift that drop something of what comes in. */
  readonly firewalls: readonly KubeObject[];
}

export function isHostEndpoint({ ref }: KubeObject): boolean {
  return ref.kind === "HostEndpoint" && CALICO_GROUP.test(ref.apiVersion);
}

const OPEN_PROFILE = "projectcalico-default-allow";

function choosesNodes({ body }: KubeObject): boolean {
  const spec = record(body.spec);
  const applied = [spec, ...records(spec.ingress), ...records(spec.egress)].flatMap(({ appliedTo }) => records(appliedTo));
  return applied.some(({ nodeSelector }) => nodeSelector !== undefined && nodeSelector !== null);
}

/** `antrea`: what nobody interprets. */
export function toHostPolicies(
  objects: readonly KubeObject[],
  gaps: PolicyGaps,
  hasHostFirewall: boolean | null,
  { cilium, calico, antrea }: Pick<HostPolicies, "cilium" | "calico" | "antrea">,
): HostPolicies {
  const endpoints = objects.filter(isHostEndpoint);
  const mayChoose = ({ object }: CalicoPolicy): boolean => {
    if (object.ref.kind !== "GlobalNetworkPolicy") return false;
    const spec = record(object.body.spec);
    return (gaps.hostEndpoint !== undefined && selectsHost(spec, null) !== false) || endpoints.some(({ labels }) => selectsHost(spec, labels) !== false);
  };
  return {
    cilium: hasHostFirewall === false ? [] : cilium,
    isOn: hasHostFirewall,
    hasEndpoints: endpoints.length > 0,
    closing: endpoints.filter(({ body }) => !texts(record(body.spec).profiles).includes(OPEN_PROFILE)),
    calico: calico.filter(mayChoose),
    antrea: antrea.filter(choosesNodes),
    firewalls: objects.filter((object) => isNodeFirewall(object) && deniesAny(object)),
  };
}

export function isWithoutHosts({ cilium, closing, calico, antrea, firewalls }: HostPolicies): boolean {
  return [cilium, closing, calico, antrea, firewalls].every((found) => found.length === 0);
}

/** Those that may close one direction of what runs in the network of a node. */
export function hostsOf(hosts: HostPolicies, direction: Direction): HostPolicies {
  const sections = sectionsOf(direction);
  return {
    ...hosts,
    cilium: hosts.cilium.filter((rule) => isolates(rule, direction) || sections.some((name) => list(rule.spec[name]).length > 0)),
    calico: hosts.calico.filter((policy) => policy.isolates[direction]),
    firewalls: direction === "ingress" ? hosts.firewalls : [],
  };
}

/** Those that may close what only passes through a node. */
export function passingOf(hosts: HostPolicies, direction: Direction): HostPolicies {
  const isPassing = ({ object }: CalicoPolicy): boolean => {
    const { applyOnForward, preDNAT, doNotTrack } = record(object.body.spec);
    return [applyOnForward, preDNAT, doNotTrack].includes(true);
  };
  return {
    ...hosts,
    cilium: [],
    closing: [],
    antrea: [],
    firewalls: [],
    calico: hosts.calico.filter((policy) => policy.isolates[direction] && isPassing(policy)),
  };
}

/** Rules isolate nodes and deny by the labels of nodes; what one of them lets through on every node that it isolates stays open. */
function askCilium(rules: readonly CiliumRule[], other: Endpoint, direction: Direction, target: Target, self: Endpoint): Answer | null {
  const receiver = direction === "ingress" ? self : other;
  const doubt = ({ object: { ref }, path }: CiliumRule) =>
    decide(null, `${named(ref)} is about nodes, and may close it on the node that the pod runs on.`, ref, path);
  const connection = { other, target, receiver };
  const denying = rules.find((rule) => matchesRules(rule, `${direction}Deny`, connection) !== false);
  if (denying) return doubt(denying);
  const isNarrowed = rules.some((rule) => meetsRequirements(rule, direction, other) !== true);
  const isAllowed = (rule: CiliumRule) => !isNarrowed && matchesRules(rule, direction, connection) === true;
  if (rules.some((rule) => isEmptySelector(rule.spec.nodeSelector) && isAllowed(rule))) return null;
  const closing = rules.find((rule) => isolates(rule, direction) && !isAllowed(rule));
  return closing ? doubt(closing) : null;
}

/** What may keep a pod in the network of its node from a connection; null = nothing does. */
export function askHost(
  { hosts, gaps, closedBy }: { readonly hosts: HostPolicies; readonly gaps: PolicyGaps; readonly closedBy?: Pick<KubeObject, "ref"> | undefined },
  ...[self, other, direction, target]: readonly [Endpoint, Endpoint, Direction, Target]
): Answer | null {
  const gap = askGap(gaps.hostAntrea ?? gaps.hostEndpoint ?? gaps.hostCalico ?? gaps.hostCilium ?? (direction === "ingress" ? gaps.nodeFirewall : undefined));
  if (gap) return gap;
  const firewall = hosts.firewalls.find((object) => mayDrop(object, target));
  if (firewall) return decide(null, `${named(firewall.ref)} may drop it on an interface of its node.`, firewall.ref, "spec.ingress");
  const [antrea] = hosts.antrea;
  if (antrea) return decide(null, `${named(antrea.ref)} is about nodes, and could not be interpreted.`, antrea.ref);
  const calico = hosts.calico[0]?.object ?? hosts.closing[0];
  if (calico) return decide(null, `${named(calico.ref)} may close it on an interface of its node.`, calico.ref);
  if (closedBy && hosts.isOn)
    return decide(null, `${named(closedBy.ref)} switches on Cilium's firewall for nodes and isolates whatever it manages.`, closedBy.ref);
  return askCilium(hosts.cilium, other, direction, target, self);
}

/** What may keep a connection of a pod that has a network of its own from passing through its node; null = nothing does. */
export function askPassing({ self, foreign: { hosts } }: { readonly self: Endpoint; readonly foreign: { readonly hosts: HostPolicies } }): Answer | null {
  const [policy] = self.isHostNetwork || self.kind === "external" ? [] : hosts.calico;
  return policy ? decide(null, `${named(policy.object.ref)} is also about what passes through a node, and may close it there.`, policy.object.ref) : null;
}
