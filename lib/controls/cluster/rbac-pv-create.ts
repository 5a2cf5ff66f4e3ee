import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, unlessExpected } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

function findVolumes(all: readonly Grant[]): readonly RatedRight[] {
  const grants = all.filter((grant) => grant.namespace === null);
  const changes = findHeldRights(grants, [{ verbs: ["update", "patch"], group: "", resources: ["persistentvolumes"] }]).filter((right) => !right.isNamed);
  return [
    ...findHeldRights(grants, ASKS.volumeCreate).map((right): RatedRight => ({ ...right, severity: "high" })),
    ...changes.map((right): RatedRight => ({ ...right, severity: "medium" })),
  ];
}

const judge = capabilityCheck(findVolumes);

export default defineControl({
  id: "rbac-pv-create",
  layer: "cluster",
  severity: "high",
  title: "Few identities create PersistentVolumes",
  failure: "can create PersistentVolumes",
  why: "A PersistentVolume of type hostPath mounts a directory of the node into a pod. Pod Security looks only at the claim, not at the volume behind it.",
  action: "Take away rights to create PersistentVolumes",
  fix: "Allow persistentvolumeclaims only, and let a StorageClass make the volumes.",
  verify: "kubectl auth can-i create persistentvolumes -A --as=USER",
  lookFor: rightLookFor(),
  tips: ["S3"],
  frameworks: { cis: ["5.1.9"], nsa: ["RB"], mitre: ["T1611"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    unlessExpected(
      judge(principal, context),
      principal.scope === "platform" && principal.identity.kind === "ServiceAccount",
      "Provisioners of the platform make volumes; that is their work.",
    ),
  remedy: takeAway,
});
