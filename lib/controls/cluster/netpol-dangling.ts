import type { Direction } from "../../graph/network/endpoint";
import { findLeftOut, labelSightView } from "../../graph/network/label-sight";
import { labelsOf, NAME_LABEL, namespaceLabelsView } from "../../graph/network/namespace-labels";
import type { Matched } from "../../graph/network/matched";
import { toPolicy } from "../../graph/network/policy";
import { maySelect } from "../../inventory/labels/added-labels";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import { labelledWorkloadsView } from "../../inventory/workloads/labelled-workloads";
import { createLabelIndex } from "../../inventory/labels/label-index";
import { isEmptySelector, matchesSelector } from "../../inventory/labels/label-selector";
import { everyWorkloadView } from "../../inventory/workloads/namespace-workloads";
import { type Context, defineView } from "../../inventory/view";
import { isRecord, type JsonRecord, record, records } from "../../model/json";
import { defineControl, unknown, type Weakness, weakness } from "../define";

type Reads = Context<"workloads" | "namespaces" | "configMaps">;

function hasPods(selector: unknown, namespace: string, context: Reads): boolean {
  return context
    .view(labelledWorkloadsView)(namespace, selector)
    .some((workload) => maySelect(selector, workload));
}

/** Those among which a selector can find any. Manifests seldom hold the Namespace of their objects: one that has workloads is there all the same. */
const labelledNamespacesView = defineView({
  reads: ["namespaces", "workloads"],
  compute: ({ view }) => {
    const labels = view(namespaceLabelsView);
    const names = new Set([...labels.keys(), ...view(everyWorkloadView).keys()]);
    return createLabelIndex([...names], { labelSetsOf: (name) => [labelsOf(labels, name)] });
  },
});

/** Whether a selector asks for no more of a namespace than its name. */
function asksForNameAlone(selector: JsonRecord): boolean {
  const { matchLabels, matchExpressions } = selector;
  return [...Object.keys(record(matchLabels)), ...records(matchExpressions).map(({ key }) => key)].every((key) => key === NAME_LABEL);
}

/** null = that hangs on labels of a namespace that is not among the objects of a part of a cluster. */
function selectsSomething(peer: JsonRecord, namespace: string, context: Reads): Matched {
  const labels = context.view(namespaceLabelsView);
  const { podSelector, namespaceSelector } = peer;
  const isAnyPod = !isRecord(podSelector) || isEmptySelector(podSelector);
  if (!isRecord(namespaceSelector)) return isAnyPod || hasPods(podSelector, namespace, context);
  const places = context.view(labelledNamespacesView)(namespaceSelector);
  const pods = isAnyPod ? null : context.view(labelledWorkloadsView)(null, podSelector);
  // Whichever are fewer are asked: a policy that lets in DNS names a few pods in any namespace, another any pod in a few namespaces.
  const asked = pods && pods.length < places.length ? [...new Set(pods.map(({ ref }) => ref.namespace ?? ""))] : places;
  const isTaken = (name: string) => matchesSelector(namespaceSelector, labelsOf(labels, name)) && (isAnyPod || hasPods(podSelector, name, context));
  const isSure = (name: string) => context.isComplete || labels.has(name) || asksForNameAlone(namespaceSelector);
  const isFound = (isMeant: (name: string) => boolean) => isMeant(namespace) || asked.some(isMeant);
  return isFound((name) => isSure(name) && isTaken(name)) || (!context.isComplete && isFound(isTaken) ? null : false);
}

/** Pods that have the label are there, and Cilium does not know them by it. */
function listLeftOut(path: string, selector: unknown, value: unknown, sight: CiliumLabels | null): readonly Weakness[] {
  const label = findLeftOut(selector, sight, "dropped");
  return label === undefined ? [] : [weakness(path, value, `Cilium leaves the label ${label} out of what it knows of pods, so that this takes none.`)];
}

export default defineControl({
  id: "netpol-dangling",
  layer: "cluster",
  severity: "low",
  title: "Network policies select pods and peers that exist",
  failure: "selects nothing, or names a peer that is not there",
  why: "A policy whose selector matches no pod protects nothing, and one whose peer matches nothing lets nobody in. Both look like protection; usually a label was renamed or misspelt.",
  action: "Correct or delete policies that select nothing",
  fix: "Correct the labels in `spec.podSelector` or in the peer, or delete the policy. Where Cilium leaves the label out, select by another, or let `labels` in its ConfigMap take it in.",
  verify: "kubectl get networkpolicy NAME -n NAMESPACE -o yaml; kubectl get pods -n NAMESPACE --show-labels; kubectl get namespaces --show-labels",
  lookFor: "`matchLabels`, in `podSelector` or in a peer, that no pod or no namespace below carries.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource"],
  subject: "network-policy",
  reads: ["workloads", "namespaces"],
  extraReads: ["configMaps"],
  wholeCluster: "fail",
  check: (object, context) => {
    const policy = toPolicy(object);
    const selector = policy.podSelector;
    const sight = context.view(labelSightView);
    const isChosen = isEmptySelector(selector) || hasPods(selector, policy.namespace, context);
    const own = isChosen
      ? listLeftOut("spec.podSelector", selector, selector, sight)
      : [weakness("spec.podSelector", selector, "No pod of the namespace has these labels.")];
    const unsure: string[] = [];
    const peers = (
      [
        ["ingress", "from"],
        ["egress", "to"],
      ] as const
    ).flatMap(([direction, key]: readonly [Direction, string]) =>
      policy.rules[direction].flatMap((rule, index) =>
        (rule.peers ?? []).flatMap((peer, at): readonly Weakness[] => {
          const path = `spec.${direction}[${index}].${key}[${at}]`;
          if (isRecord(peer.ipBlock)) return [];
          const isThere = selectsSomething(peer, policy.namespace, context);
          if (isThere === null) unsure.push(path);
          if (isThere !== false) return listLeftOut(path, peer.podSelector, peer, sight);
          return [weakness(path, peer, "No pod of the cluster matches this peer.")];
        }),
      ),
    );
    const found = [...own, ...peers];
    if (found.length === 0 && unsure.length > 0) return unknown(`Whom ${unsure[0]} names hangs on labels of namespaces that are not among these manifests.`);
    const everyPeer = [...policy.rules.ingress, ...policy.rules.egress].flatMap((rule) => rule.peers ?? []);
    const doubt = [selector, ...everyPeer.map(({ podSelector }) => podSelector)].flatMap((one) => findLeftOut(one, sight, "unclear") ?? [])[0];
    if (found.length > 0 || doubt === undefined) return found;
    return unknown(`Cilium may leave the label ${doubt} out of what it knows of pods, and a selector by that label then takes none.`);
  },
  remedy: null,
});
