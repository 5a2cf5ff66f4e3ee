import { judgeDefaultIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { isolationCommand, isolationLookFor, NARROW_FIRST } from "../isolation-texts";
import { denyByDefault } from "../remedies/deny-by-default";

export default defineControl({
  id: "netpol-default-deny-ingress",
  layer: "cluster",
  severity: "medium",
  title: "Namespaces deny incoming traffic by default",
  failure: "leaves new pods open to incoming traffic",
  why: "Policies that select pods by label protect only those pods. The next pod that somebody deploys is open to the whole cluster until somebody remembers.",
  action: "Deny incoming traffic by default",
  fix: `Add a NetworkPolicy with \`podSelector: {}\`, \`policyTypes: [Ingress]\` and no rules. First create the policies that allow needed traffic: everything else stops at once. ${NARROW_FIRST}`,
  verify: isolationCommand("ingress"),
  lookFor: isolationLookFor("No policy with `map[]` (every pod) under PODS and Ingress under TYPES"),
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
