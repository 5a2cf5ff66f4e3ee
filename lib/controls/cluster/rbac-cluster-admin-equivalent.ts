import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { dropPrincipal } from "../../graph/rbac/take-away";
import type { HeldRight } from "../../graph/rbac/held-right";
import { defineControl } from "../define";

export default defineControl({
  id: "rbac-cluster-admin-equivalent",
  layer: "cluster",
  severity: "critical",
  title: "No role equals cluster-admin under another name",
  failure: "may do everything, through a role that is not called cluster-admin",
  why: "A rule with `*` for verbs, resources and API groups is cluster-admin, whatever its role is called. A review that looks for the name misses it.",
  action: "Narrow roles that equal cluster-admin",
  fix: "List the verbs and resources that the component uses: see its documentation or the audit log.",
  verify: "kubectl auth can-i --list --as=USER | grep -F '*.*'",
  lookFor: "A row with `*.*` and the verbs `[*]`: everything. No output: not everything, or only in one namespace (add `-n NAMESPACE`).",
  tips: ["S3"],
  frameworks: { cis: ["5.1.1", "5.1.3"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  check: capabilityCheck((grants, context) => {
    const all = findHeldRights(grants, ASKS.everything).filter((right) => !right.isNamed);
    return rate(all, context, ["critical", "critical", "high"]);
  }),
  remedy: (principal, weaknesses, context) => {
    const rights = weaknesses.flatMap((w) => w.hint as readonly HeldRight[]); // safe: capability weaknesses carry their rights
    return dropPrincipal(
      principal,
      rights.map((right) => right.grant),
      context,
    );
  },
});
