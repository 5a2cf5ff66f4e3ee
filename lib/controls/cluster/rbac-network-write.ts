import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, findNamedRights, type HeldRight, listNamed } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS, CHANGE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

/** Groups of which every kind is about routes or policies. */
const WHOLE_GROUPS = ["gateway.networking.k8s.io", "policy.networking.k8s.io", "networking.istio.io", "security.istio.io"];

/** The kinds of such a group are many and grow: what the rules name is asked for. */
function findGroupWrites(grants: readonly Grant[]): readonly HeldRight[] {
  return WHOLE_GROUPS.flatMap((group) => {
    const usual: readonly string[] = ASKS.networkWrite.flatMap((ask) => (ask.group === group ? ask.resources : []));
    const others = [...listNamed(grants, group)].filter((resource) => resource !== "*" && !resource.includes("/") && !usual.includes(resource));
    return findNamedRights(grants, CHANGE_VERBS, group, new Set(others));
  });
}

function findNetworkWrites(grants: readonly Grant[]): readonly RatedRight[] {
  return [...findHeldRights(grants, ASKS.networkWrite), ...findGroupWrites(grants)].map((right): RatedRight => {
    const isPolicy = right.ask.resource.endsWith("networkpolicies") || right.ask.group === "policy.networking.k8s.io";
    return { ...right, severity: isPolicy && right.grant.namespace === null ? "high" : "medium" };
  });
}

export default defineControl({
  id: "rbac-network-write",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Few identities change network policies and routes",
  failure: "can change network policies, Services or routes",
  why: "Deleting a policy opens what it closed. A Service with external addresses, changed endpoints, or a pod whose status takes on other labels or addresses, sends other people's traffic to a pod of one's choice.",
  action: "Narrow rights to change policies and routes",
  fix: "Limit the right to a namespace and to the kinds that are needed. It stays a finding: on network policies a less severe one, on Services and routes as severe as before.",
  verify: "kubectl auth can-i update networkpolicies -A --as=USER",
  lookFor: rightLookFor("Rights to change Services, their endpoints, routes and the status of pods count too."),
  tips: ["S3", "S2"],
  frameworks: { nsa: ["RB", "NP"], mitre: ["T1557", "T1562.004"], owasp: ["K02", "K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#external-ips"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findNetworkWrites),
  remedy: takeAway,
});
