import { judgeDefaultIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { denyByDefault } from "../remedies/deny-by-default";
import { ALLOW_DNS } from "../remedies/network-policy";

export default defineControl({
  id: "netpol-default-deny-egress",
  layer: "cluster",
  severity: "medium",
  title: "Namespaces deny outgoing traffic by default",
  failure: "lets new pods connect to anything",
  why: "Policies that select pods by label limit only those pods. The next pod that somebody deploys may connect anywhere: to the internet, to the metadata service, to every other pod.",
  action: "Deny outgoing traffic by default",
  fix: "Add a NetworkPolicy with `podSelector: {}` and `policyTypes: [Egress]` that allows DNS only. First create the policies that allow needed traffic: everything else stops at once. First narrow any policy that lets everybody through, including those of Calico, Cilium and cluster administrators.",
  verify: "kubectl get networkpolicy -n NAMESPACE -o custom-columns='POLICY:.metadata.name,PODS:.spec.podSelector,TYPES:.spec.policyTypes,EGRESS:.spec.egress'",
  lookFor:
    "No policy with `map[]` (every pod) under PODS and Egress under TYPES, or one with `[map[]]`, a rule that allows everything. Cluster-wide policies and those of Cilium and Calico count too.",
  tips: ["S2"],
  frameworks: { nsa: ["NP", "NS"], mitre: ["T1496", "T1105"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies"],
  subject: "namespace",
  reads: NETWORK_SLICES,
  extraReads: NETWORK_SETTINGS,
  // A deny at hand stands whatever the rest of the cluster holds: a policy there that opens it again is a failure of that policy, and told there.
  wholeCluster: "fail",
  check: (namespace, context) => judgeDefaultIsolation(namespace, "egress", context),
  remedy: (namespace, _weaknesses, context) => denyByDefault(namespace, "egress", context, { egress: ALLOW_DNS }),
});
