import { judgeWorkloadIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import { defineControl } from "../define";
import { isolationCommand, isolationLookFor, NARROW_FIRST } from "../isolation-texts";
import { freeName } from "../remedies/free-name";
import { networkPolicy, SAME_NAMESPACE } from "../remedies/network-policy";

export default defineControl({
  id: "netpol-ingress-open",
  layer: "cluster",
  severity: "high",
  title: "Workloads accept traffic only from chosen peers",
  failure: "accepts traffic from every pod",
  why: "Moving on from the first compromised pod is the usual second step of an attack. A workload that no policy selects can be reached from every pod in the cluster, and from anything else on the pod network.",
  action: "Limit who may connect to workloads",
  fix: `Add a NetworkPolicy whose podSelector matches the pods, with \`policyTypes: [Ingress]\` and one rule per real client: the pods of a Service's callers, the ingress controller, the monitoring. Everything else is refused at once. ${NARROW_FIRST}`,
  verify: `${isolationCommand("ingress")}; kubectl get pods -n NAMESPACE --show-labels`,
  lookFor: isolationLookFor("No policy with Ingress under TYPES whose PODS are labels of the pod (`map[]`: every pod)"),
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1210", "T1046"], mstm: ["MS-TA9034", "MS-TA9031"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation"],
  subject: "workload",
  reads: NETWORK_SLICES,
  extraReads: NETWORK_SETTINGS,
  wholeCluster: "fail",
  check: ({ workload, pod }, context) => {
    const isAlone = (context.view(namespaceWorkloadsView).get(workload.ref.namespace ?? "") ?? []).length < 2;
    return judgeWorkloadIsolation(workload, pod, "ingress", context, isAlone ? "medium" : "high");
  },
  remedy: ({ workload, pod }, weaknesses, context) => {
    const spec = { podSelector: { matchLabels: pod.labels }, policyTypes: ["Ingress"], ingress: [{ from: [SAME_NAMESPACE] }] };
    // One more policy takes back nothing that another allows.
    if (Object.keys(pod.labels).length === 0 || weaknesses.some(({ object }) => object)) return null;
    const namespace = workload.ref.namespace ?? "default";
    const name = freeName(context.slices.networkPolicies, namespace, `${workload.ref.name}-ingress`);
    return {
      ops: [],
      create: [networkPolicy(name, namespace, spec)],
      risk: "may-break",
      note: "A start: only pods of the same namespace get in. Add every other peer that it needs.",
    };
  },
});
