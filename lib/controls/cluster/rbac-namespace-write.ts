import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights } from "../../graph/rbac/held-right";
import { judgeCapability } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";

/** Worse for who can also create pods there: first the label goes, then the privileged pod comes. */
function findRelabelling(grants: readonly Grant[]): readonly RatedRight[] {
  const creators = findHeldRights(grants, ASKS.workloadWrite).filter((right) => right.ask.verb === "create");
  return findHeldRights(grants, ASKS.namespaceWrite).map((right): RatedRight => {
    const isBoth = creators.some(
      (creator) => creator.grant.namespace === null || creator.grant.namespace === right.grant.namespace || right.grant.namespace === null,
    );
    return { ...right, severity: isBoth ? "high" : "medium" };
  });
}

export default defineControl({
  id: "rbac-namespace-write",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Few identities relabel namespaces",
  failure: "can relabel namespaces",
  why: "Labels of a namespace switch Pod Security on and off, and let it into the namespaceSelector of other people's network policies.",
  fix: "Remove update and patch on namespaces, or guard the Pod Security labels with a ValidatingAdmissionPolicy.",
  verify: "kubectl auth can-i patch namespaces --as=USER",
  tips: ["S3"],
  frameworks: { cis: ["5.2.1"], nsa: ["RB"], mitre: ["T1562.001"], owasp: ["K02", "K04"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) => judgeCapability(principal, context, (grants) => findRelabelling(grants)),
  remedy: takeAway,
});
