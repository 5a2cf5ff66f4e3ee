import { controlPlaneNodesView, isPlaceable, listControlPlaneTolerations } from "../../inventory/node-placement";
import { text } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { removeAll } from "../remedies/ops";

export default defineControl({
  id: "control-plane-scheduling",
  layer: "container",
  severity: "medium",
  title: "Workloads stay off the control plane's nodes",
  failure: "can run on nodes of the control plane",
  why: "Beside the API server and etcd a way out of the container is a way into the cluster's keys and memory, and a busy pod slows the whole cluster.",
  fix: "Remove the toleration for the control plane's taint. Agents that must run on every node keep it, with an exception that names their owner.",
  verify:
    "kubectl get nodes -l node-role.kubernetes.io/control-plane; kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,NODE:.spec.nodeName,TOLERATIONS:.spec.tolerations[*].key'",
  tips: ["S4", "S1"],
  frameworks: { nsa: ["WN"], mitre: ["T1610"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"],
  subject: "workload",
  reads: ["nodes"],
  check: ({ workload, pod }, context) => {
    if (workload.scope === "platform") return notApplicable("Parts of the platform may run beside the control plane.");
    const tolerations = listControlPlaneTolerations(pod.spec);
    const nodes = context.view(controlPlaneNodesView);
    if (nodes.length === 0) {
      if (context.isComplete) return notApplicable("The cluster shows no node of its control plane.");
      return tolerations.length === 0 ? [] : unknown("These manifests do not show whether the control plane has nodes that the pod could run on.");
    }
    const reachable = nodes.filter((node) => isPlaceable(pod.spec, node));
    if (reachable.length === 0) return [];
    return tolerations.map(({ index, toleration }) =>
      weakness(
        pod.at(`tolerations[${index}]`),
        toleration,
        `It tolerates ${text(toleration.key) || "every taint"}, and may run on ${reachable[0]?.ref.name ?? "a node of the control plane"}.`,
      ),
    );
  },
  remedy: (_, weaknesses) => ({ ops: removeAll(weaknesses.map(({ path }) => path)), risk: "may-break" }),
});
