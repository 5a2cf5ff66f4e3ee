import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";

const BULK = ["secrets", "configmaps", "persistentvolumeclaims"];

function findDestruction(grants: readonly Grant[]): readonly RatedRight[] {
  const events = findHeldRights(grants, [
    { verbs: ["delete", "deletecollection"], group: "", resources: ["events"] },
    { verbs: ["delete", "deletecollection"], group: "events.k8s.io", resources: ["events"] },
    { verbs: ["deletecollection"], group: "", resources: BULK },
  ]);
  const clusterWide = grants.filter((grant) => grant.namespace === null);
  const volumes = findHeldRights(clusterWide, [{ verbs: ["deletecollection"], group: "", resources: ["persistentvolumes"] }]);
  const kinds = findHeldRights(clusterWide, [
    { verbs: ["delete", "deletecollection"], group: "apiextensions.k8s.io", resources: ["customresourcedefinitions"] },
  ]);
  const namespaces = findHeldRights(grants, [{ verbs: ["delete"], group: "", resources: ["namespaces"] }]);
  return [
    ...[...events, ...volumes].map((right): RatedRight => ({ ...right, severity: "low" })),
    ...kinds.map((right): RatedRight => ({ ...right, severity: right.isNamed ? "low" : "medium" })),
    ...namespaces.map((right): RatedRight => ({ ...right, severity: "medium" })),
  ];
}

export default defineControl({
  id: "rbac-evidence-destruction",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Few identities delete events or many objects at once",
  failure: "can delete events, or many objects at once",
  why: "Deleting events hides what happened. deletecollection, and deleting namespaces or CRDs with all that is in them, destroy in one request what took weeks to build.",
  action: "Take away rights to delete events and collections",
  fix: "Remove delete on events, namespaces and CRDs, and deletecollection, from the role.",
  verify: "kubectl auth can-i deletecollection secrets -A --as=USER; kubectl auth can-i delete events -A --as=USER",
  lookFor: "`yes` to one question is enough. Rights to delete namespaces or CRDs count too.",
  tips: ["S3", "S6"],
  frameworks: { nsa: ["RB", "LO"], mitre: ["T1070", "T1485"], mstm: ["MS-TA9022", "MS-TA9038"], owasp: ["K02", "K10"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findDestruction),
  remedy: takeAway,
});
