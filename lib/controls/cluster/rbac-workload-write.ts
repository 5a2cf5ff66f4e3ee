import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-workload-write",
  layer: "cluster",
  severity: "high",
  title: "Few identities create or change workloads",
  failure: "can create or change workloads",
  why: "Whoever creates a pod chooses its service account, and so gets that account's token, and can mount every Secret of the namespace. Pod Security keeps such a pod off the node, but not away from those.",
  action: "Give deployers rights in their namespaces only",
  fix: `Give deployers a Role in the namespaces that they deploy to, and restrict by admission policy which service accounts their pods may name. ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i create pods -A --as=USER",
  lookFor: rightLookFor("Rights to create or change Deployments, Jobs and other workloads count too."),
  tips: ["S3"],
  frameworks: { cis: ["5.1.4"], nsa: ["RB"], mitre: ["T1610", "T1053.007", "T1543.005"], mstm: ["MS-TA9008", "MS-TA9014", "MS-TA9012"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context) => rate(findHeldRights(grants, ASKS.workloadWrite), context, ["high", "high", "medium"])),
  remedy: takeAway,
});
