import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, namesGroup } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS, CHANGE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

function findNodeWrites(grants: readonly Grant[]): readonly RatedRight[] {
  const clusterWide = grants.filter((grant) => grant.namespace === null);
  const nodes = findHeldRights(clusterWide, [{ verbs: CHANGE_VERBS, group: "", resources: ["nodes", "nodes/status"] }]);
  const places = findHeldRights(grants, [{ verbs: ["create"], group: "", resources: ["pods/binding", "bindings"] }]);
  const canEvict =
    findHeldRights(grants, [
      { verbs: ["delete"], group: "", resources: ["pods"] },
      { verbs: ["create"], group: "", resources: ["pods/eviction"] },
    ]).length > 0;
  const settings = findHeldRights(clusterWide, ASKS.nodeSettings).filter(namesGroup);
  return [
    ...[...nodes, ...places].map((right): RatedRight => ({ ...right, severity: canEvict && right.grant.namespace === null ? "high" : "medium" })),
    ...settings.map((right): RatedRight => ({ ...right, severity: "high" })),
  ];
}

export default defineControl({
  id: "rbac-node-write",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Few identities change nodes or place pods",
  failure: "can change nodes or place pods on them",
  why: "Taints and labels decide where pods run. Whoever writes them, or binds pods to nodes by hand, can pull powerful pods onto a node that is already compromised. MachineConfigs of OpenShift and EC2NodeClasses of Karpenter say what nodes run as root.",
  action: "Take away rights to change nodes",
  fix: "Remove the verbs that change nodes or bind pods. Autoscalers and cloud controllers need them; people and pipelines do not.",
  verify: "kubectl auth can-i patch nodes -A --as=USER",
  lookFor: rightLookFor("Rights to bind pods to nodes, and to change MachineConfigs and EC2NodeClasses, count too."),
  tips: ["S3"],
  frameworks: { nsa: ["RB", "WN"], mitre: ["T1578", "T1562"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-isolation-restriction"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findNodeWrites),
  remedy: takeAway,
});
