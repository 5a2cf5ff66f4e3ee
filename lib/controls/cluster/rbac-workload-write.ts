import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, type HeldRight, namesGroup } from "../../graph/rbac/held-right";
import { capabilityCheck, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

/** Their controllers apply what such an object names with their own rights, in whatever namespace it is, unless they are told to act as an account of it. */
const APPLIED = new Set([
  "kustomize.toolkit.fluxcd.io",
  "helm.toolkit.fluxcd.io",
  "source.toolkit.fluxcd.io",
  "fluxcd.controlplane.io",
  "helm.cattle.io",
  "fleet.cattle.io",
  "kubernetes.m.crossplane.io",
  "helm.m.crossplane.io",
  "policy.open-cluster-management.io",
  "work.open-cluster-management.io",
]);

function isApplied(right: HeldRight): boolean {
  return APPLIED.has(right.ask.group) && namesGroup(right);
}

function findWrites(grants: readonly Grant[], context: RbacContext): readonly RatedRight[] {
  const rated = rate(findHeldRights(grants, ASKS.workloadWrite), context, ["high", "high", "medium"]);
  return rated.map((right) => (isApplied(right) ? { ...right, severity: "high" } : right));
}

export default defineControl({
  id: "rbac-workload-write",
  layer: "cluster",
  severity: "high",
  title: "Few identities create or change workloads",
  failure: "can create or change workloads",
  why: "Whoever creates a pod chooses its service account, and so gets that account's token, and can mount every Secret of the namespace. Pod Security keeps such a pod off the node, but not away from those. What Flux is told to apply has Flux's own rights.",
  action: "Give deployers rights in their namespaces only",
  fix: `Give deployers a Role in the namespaces that they deploy to, and restrict by admission policy which service accounts their pods may name. Let Flux act as an account of the namespace (\`--default-service-account\`). ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i create pods -A --as=USER",
  lookFor: rightLookFor(
    "Rights to create or change Deployments, Jobs and what operators make pods of, such as Applications of Argo CD, or from where Flux takes what it applies, count too.",
  ),
  tips: ["S3"],
  frameworks: {
    cis: ["5.1.4"],
    nsa: ["RB"],
    mitre: ["T1610", "T1059.013", "T1053.007", "T1543.005"],
    mstm: ["MS-TA9008", "MS-TA9014", "MS-TA9012", "MS-TA9011"],
    owasp: ["K02"],
  },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findWrites),
  remedy: takeAway,
});
