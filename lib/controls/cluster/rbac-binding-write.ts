import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-binding-write",
  layer: "cluster",
  severity: "medium",
  title: "Few identities write roles and bindings",
  failure: "can write roles or bindings",
  why: "Without escalate or bind, nobody can hand out more than they hold. That is still enough to give a stolen right to a second identity, and to keep it when the first is locked out.",
  action: "Take away rights to write roles and bindings",
  fix: "Remove the write verbs on roles and bindings from the role.",
  verify: "kubectl auth can-i create rolebindings -A --as=USER",
  lookFor: rightLookFor("The same right on clusterrolebindings, roles and clusterroles counts too."),
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent", "rbac-escalate", "rbac-bind"],
  check: capabilityCheck((grants, context) => rate(findHeldRights(grants, [...ASKS.roleWrite, ...ASKS.bindingWrite]), context, ["medium", "medium", "low"])),
  remedy: takeAway,
});
