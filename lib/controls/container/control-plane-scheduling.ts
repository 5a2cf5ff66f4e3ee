import { controlPlaneNodesView, isPlaceable, listControlPlaneTaints, listControlPlaneTolerations } from "../../inventory/workloads/node-placement";
import { text } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { removeAll } from "../remedies/ops";

export default defineControl({
  id: "control-plane-scheduling",
  layer: "container",
  severity: "medium",
  title: "Workloads stay off the control plane's nodes",
  failure: "can run on nodes of the control plane",
  why: "On a node that runs the API server and etcd, an escape from the container leads to the keys and data of the whole cluster, and a busy pod slows the whole cluster down.",
  action: "Keep workloads off the control plane's nodes",
  fix: "Remove the toleration for the taint of the control plane, and name no such node in `nodeName`. Agents that must run on every node may keep it: add their namespace to the platform namespaces in Settings.",
  verify:
    'kubectl get nodes,pods -A -o json | jq -r \'[.items[] | select(.kind == "Node" and ([(.metadata.labels // {} | keys[]), .spec.taints[]?.key] | any(test("^node-role.kubernetes.io/(control-plane|master)$")))) | .metadata.name] as $control | .items[] | select(.kind == "Pod") | [.metadata.namespace, .metadata.name, .spec.nodeName, ([.spec.tolerations[]? | .key // "every taint" | select(test("control-plane|master|every taint"))] | unique | join(","))] | select(.[3] != "" or (.[2] | IN($control[]))) | @tsv\'',
  lookFor:
    "Namespace, pod, its node, and what it tolerates: each pod that tolerates the taint of the control plane, or every taint, or runs on a node of the control plane. Those of the platform may. No output: no pod tolerates it, and none runs there.",
  tips: ["S4", "S1"],
  frameworks: { nsa: ["WN"], mitre: ["T1610"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"],
  subject: "workload",
  reads: ["nodes"],
  check: ({ workload, pod }, context) => {
    if (workload.scope === "platform") return notApplicable("Parts of the platform may run beside the control plane.");
    const nodes = context.view(controlPlaneNodesView);
    if (nodes.length === 0) {
      if (context.isComplete) return notApplicable("The cluster shows no node of its control plane.");
      if (listControlPlaneTolerations(pod.spec, null).length === 0) return [];
      return unknown("These manifests do not show whether the control plane has nodes that the pod could run on.");
    }
    const reachable = nodes.filter((node) => isPlaceable(pod.spec, node));
    const reached = new Map(
      reachable.toReversed().flatMap((node) => listControlPlaneTolerations(pod.spec, node).map((found) => [found.index, { ...found, node }])),
    );
    const weaknesses = [...reached.values()].map(({ index, toleration, node }) =>
      weakness(
        pod.at(`tolerations[${index}]`),
        toleration,
        `It tolerates ${text(toleration.key) || "every taint"}, and may run on ${node.ref.name}, a node of the control plane.`,
      ),
    );
    // A pod that names its node goes past the scheduler, and so past the taint; where there is no taint, the scheduler may have named the node.
    const named = pod.source === "template" ? reachable.find((node) => node.ref.name === pod.spec.nodeName) : undefined;
    const open = reachable.find((node) => listControlPlaneTaints(node).length === 0);
    if (weaknesses.length === 0 && open && (!named || (workload.ref.kind === "Pod" && listControlPlaneTaints(named).length === 0)))
      return notApplicable(`Any pod may run on ${open.ref.name}, a node of the control plane: the node has no taint that keeps workloads off.`);
    if (!named || weaknesses.length > 0) return weaknesses;
    return [weakness(pod.at("nodeName"), named.ref.name, `It names ${named.ref.name} as its node, which belongs to the control plane.`)];
  },
  remedy: (_, weaknesses) => ({ ops: removeAll(weaknesses.map(({ path }) => path)), risk: "may-break" }),
});
