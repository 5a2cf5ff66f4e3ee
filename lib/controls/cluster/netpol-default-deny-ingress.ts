import { judgeDefaultIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { denyByDefault } from "../remedies/deny-by-default";

export default defineControl({
  id: "netpol-default-deny-ingress",
  layer: "cluster",
  severity: "medium",
  title: "Namespaces deny incoming traffic by default",
  failure: "leaves new pods open to incoming traffic",
  why: "Policies that name pods by label protect those pods only. The next one that somebody deploys is open to the whole cluster until somebody remembers.",
  action: "Deny incoming traffic by default",
  fix: "Add a NetworkPolicy with `podSelector: {}`, `policyTypes: [Ingress]` and no rules. Make the policies that allow what is needed first: all else stops at once. Narrow first what lets everybody through, also a policy of Calico, of Cilium or of administrators.",
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
  wholeCluster: "fail",
  check: (namespace, context) => judgeDefaultIsolation(namespace, "ingress", context),
  remedy: (namespace, _weaknesses, context) => denyByDefault(namespace, "ingress", context),
});
