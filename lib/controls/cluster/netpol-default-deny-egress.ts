import { judgeDefaultIsolation, NETWORK_SETTINGS, NETWORK_SLICES } from "../../graph/network/judge-isolation";
import { defineControl } from "../define";
import { isolationCommand, isolationLookFor, NARROW_FIRST } from "../isolation-texts";
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
  fix: `Add a NetworkPolicy with \`podSelector: {}\` and \`policyTypes: [Egress]\` that allows DNS only. First create the policies that allow needed traffic: everything else stops at once. ${NARROW_FIRST}`,
  verify: isolationCommand("egress"),
  lookFor: isolationLookFor("No policy with `map[]` (every pod) under PODS and Egress under TYPES"),
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
