import { judgeWorkloadIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { isolationCommand, isolationLookFor, NARROW_FIRST } from "../isolation-texts";
import { isolateEgress } from "../remedies/isolate-egress";

export default defineControl({
  id: "netpol-egress-open",
  layer: "cluster",
  severity: "medium",
  title: "Workloads connect only to chosen peers",
  failure: "may connect to anything",
  why: "A compromised pod that may connect anywhere downloads its tools, carries data out, mines, and scans the cluster and the internal addresses of the cloud.",
  action: "Limit where workloads may connect to",
  fix: `Add a NetworkPolicy whose podSelector matches the pods, with \`policyTypes: [Egress]\`, a rule for DNS, and one rule per real destination: everything else stops at once. ${NARROW_FIRST}`,
  verify: `${isolationCommand("egress")}; kubectl get pods -n NAMESPACE --show-labels`,
  lookFor: isolationLookFor("No policy with Egress under TYPES whose PODS are labels of the pod (`map[]`: every pod)"),
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1041", "T1496", "T1105"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation"],
  subject: "workload",
  reads: NETWORK_SLICES,
  extraReads: NETWORK_SETTINGS,
  wholeCluster: "fail",
  check: ({ workload, pod }, context) => judgeWorkloadIsolation(workload, pod, "egress", context),
  remedy: ({ workload, pod }, weaknesses, { slices }) => {
    // One more policy takes back nothing that another allows.
    if (weaknesses.some(({ object }) => object)) return null;
    return isolateEgress(workload, pod, slices.networkPolicies, "Add every other peer that it needs.");
  },
});
