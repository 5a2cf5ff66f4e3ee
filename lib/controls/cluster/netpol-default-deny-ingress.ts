import { judgeDefaultIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { denyByDefault } from "../remedies/deny-by-default";

export default defineControl({
  id: "netpol-default-deny-ingress",
  layer: "cluster",
  severity: "medium",
  title: "Namespaces deny incoming traffic by default",
  failure: "leaves new pods open to incoming traffic",
  why: "Policies that select pods by label protect only those pods. The next pod that somebody deploys is open to the whole cluster until somebody remembers.",
  action: "Deny incoming traffic by default",
  fix: "Add a NetworkPolicy with `podSelector: {}`, `policyTypes: [Ingress]` and no rules. First create the policies that allow needed traffic: everything else stops at once. First narrow any policy that lets everybody through, including those of Calico, Cilium and cluster administrators.",
  verify:
    "kubectl get networkpolicy -n NAMESPACE -o custom-columns='POLICY:.metadata.name,PODS:.spec.podSelector,TYPES:.spec.policyTypes,INGRESS:.spec.ingress'",
  lookFor:
    "No policy with `map[]` (every pod) under PODS and Ingress under TYPES, or one with `[map[]]`, a rule that allows everything. Cluster-wide policies and those of Cilium and Calico count too.",
  tips: ["S2"],
  frameworks: { nsa: ["NP", "NS"], mitre: ["T1210"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies"],
  subject: "namespace",
  reads: NETWORK_SLICES,
  extraReads: NETWORK_SETTINGS,
  // A deny at hand stands whatever the rest of the cluster holds: a policy there that opens it again is a failure of that policy, and told there.
  wholeCluster: "fail",
  check: (namespace, context) => judgeDefaultIsolation(namespace, "ingress", context),
  remedy: (namespace, _weaknesses, context) => denyByDefault(namespace, "ingress", context),
});
