import type { Direction } from "../../graph/network/endpoint";
import { isWorldBlock } from "../../graph/network/match-peer";
import { type PolicyRule, toPolicy } from "../../graph/network/policy";
import { exposureView } from "../../inventory/routes/exposure";
import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import type { Context } from "../../inventory/view";
import { record, text } from "../../model/json";
import type { Severity } from "../../model/severity";
import { defineControl, type Weakness, weakness } from "../define";

const HALVES = ["0.0.0.0/1", "128.0.0.0/1"];
const WEB_AND_NAMES = new Set<unknown>([443, 53]);

/** Index of a peer that is the whole internet, by itself or as one of two halves; -1 = none. */
function findWorld(rule: PolicyRule): number {
  const peers = rule.peers ?? [];
  const whole = peers.findIndex((peer) => isWorldBlock(peer.ipBlock));
  const cidrs = peers.map((peer) => text(record(peer.ipBlock).cidr));
  return whole >= 0 || !HALVES.every((half) => cidrs.includes(half)) ? whole : cidrs.indexOf("0.0.0.0/1");
}

function rateEgress(rule: PolicyRule): Severity {
  if (rule.ports === null) return "medium";
  return rule.ports.every((port) => WEB_AND_NAMES.has(port.port) && port.endPort === undefined) ? "low" : "medium";
}

type Reads = Context<
  | "services"
  | "ingresses"
  | "ingressClasses"
  | "gateways"
  | "namespaces"
  | "nodes"
  | "workloads"
  | "endpointSlices"
  | "configMaps"
  | "targetGroupBindings"
  | "routeGuards"
  | "customRoutes"
>;

/** Pods that the internet is meant to reach may let it in. */
function servesTheInternet(object: KubeObject, podSelector: unknown, context: Reads): boolean {
  const selected = (context.view(namespaceWorkloadsView).get(object.ref.namespace ?? "") ?? []).filter((workload) =>
    workload.podLabelSets.some((labels) => matchesSelector(podSelector, labels)),
  );
  const entries = context.view(exposureView);
  return selected.length > 0 && selected.every((workload) => ["external", "possible"].includes(entries(workload)[0]?.exposure ?? "none"));
}

export default defineControl({
  id: "netpol-internet-cidr",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Network policies do not open pods to the whole internet",
  failure: "allows the whole internet",
  why: "Egress to the whole internet is how data leaves and tools come in. Ingress from everywhere is right only for what serves the internet.",
  action: "Narrow address blocks that span the internet",
  fix: "Narrow `ipBlock.cidr` to the addresses that are used, or cut ranges out with `except`; for names use an egress gateway or a policy engine that knows names.",
  verify: "kubectl get networkpolicy NAME -n NAMESPACE -o yaml",
  lookFor: "`cidr: 0.0.0.0/0`, `cidr: ::/0`, or blocks that together span the internet.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1041", "T1190"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors"],
  subject: "network-policy",
  reads: ["services", "ingresses", "ingressClasses", "gateways", "nodes", "workloads"],
  extraReads: ["endpointSlices", "namespaces", "configMaps", "targetGroupBindings", "routeGuards", "customRoutes"],
  check: (object, context) => {
    const policy = toPolicy(object);
    const find = (direction: Direction, peers: "from" | "to", rate: (rule: PolicyRule) => Severity): readonly Weakness[] =>
      (policy.isolates[direction] ? policy.rules[direction] : []).flatMap((rule, index) => {
        const peer = findWorld(rule);
        if (peer < 0) return [];
        const cidr = record(rule.peers?.[peer]?.ipBlock).cidr;
        return [
          weakness(`spec.${direction}[${index}].${peers}[${peer}].ipBlock.cidr`, cidr, `Rule ${index} of ${direction} names every address.`, {
            severity: rate(rule),
          }),
        ];
      });
    const ingress = find("ingress", "from", () => "low");
    const isMeant = ingress.length > 0 && servesTheInternet(object, policy.podSelector, context);
    return [...(isMeant ? [] : ingress), ...find("egress", "to", rateEgress)];
  },
  remedy: null,
});
