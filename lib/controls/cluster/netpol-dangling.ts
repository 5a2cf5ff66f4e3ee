import type { Direction } from "../../graph/network/endpoint";
import { labelsOf, namespaceLabelsView } from "../../graph/network/namespace-labels";
import { toPolicy } from "../../graph/network/policy";
import { maySelect } from "../../inventory/added-labels";
import { isEmptySelector, matchesSelector } from "../../inventory/label-selector";
import { everyWorkloadView } from "../../inventory/namespace-workloads";
import type { Context } from "../../inventory/view";
import type { Workload } from "../../inventory/workload";
import { isRecord, type JsonRecord } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";

type Reads = Context<"workloads" | "namespaces">;

function hasPods(selector: unknown, namespace: string, context: Reads): boolean {
  return listIn(namespace, context).some((workload) => maySelect(selector, workload));
}

function listIn(namespace: string, context: Reads): readonly Workload[] {
  return context.view(everyWorkloadView).get(namespace) ?? [];
}

function selectsSomething(peer: JsonRecord, namespace: string, context: Reads): boolean {
  const labels = context.view(namespaceLabelsView);
  const { podSelector, namespaceSelector } = peer;
  const names = isRecord(namespaceSelector) ? [...labels.keys()].filter((name) => matchesSelector(namespaceSelector, labelsOf(labels, name))) : [namespace];
  if (!isRecord(podSelector) || isEmptySelector(podSelector)) return names.length > 0;
  return names.some((name) => hasPods(podSelector, name, context));
}

export default defineControl({
  id: "netpol-dangling",
  layer: "cluster",
  severity: "low",
  title: "Network policies select pods and peers that exist",
  failure: "selects nothing, or names a peer that is not there",
  why: "A policy whose selector matches no pod protects nothing, and one whose peer matches nothing lets nobody in. Both look like protection; usually a label was renamed or misspelt.",
  action: "Correct or delete policies that select nothing",
  fix: "Correct the labels in `spec.podSelector` or in the peer, or delete the policy.",
  verify: "kubectl get networkpolicy NAME -n NAMESPACE -o yaml; kubectl get pods -n NAMESPACE --show-labels; kubectl get namespaces --show-labels",
  lookFor: "`matchLabels`, in `podSelector` or in a peer, that no pod or no namespace below carries.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource"],
  subject: "network-policy",
  reads: ["workloads", "namespaces"],
  wholeCluster: "fail",
  check: (object, context) => {
    const policy = toPolicy(object);
    const selector = policy.podSelector;
    const own =
      isEmptySelector(selector) || hasPods(selector, policy.namespace, context)
        ? []
        : [weakness("spec.podSelector", selector, "No pod of the namespace has these labels.")];
    const peers = (
      [
        ["ingress", "from"],
        ["egress", "to"],
      ] as const
    ).flatMap(([direction, key]: readonly [Direction, string]) =>
      policy.rules[direction].flatMap((rule, index) =>
        (rule.peers ?? []).flatMap((peer, at): readonly Weakness[] => {
          if (isRecord(peer.ipBlock) || selectsSomething(peer, policy.namespace, context)) return [];
          return [weakness(`spec.${direction}[${index}].${key}[${at}]`, peer, "No pod of the cluster matches this peer.")];
        }),
      ),
    );
    return [...own, ...peers];
  },
  remedy: null,
});
