import { findHeldRights } from "../../graph/rbac/held-right";
import { judgeCapability, listClusterGrants, rate } from "../../graph/rbac/judge-capability";
import { WRITE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";

const GROUP = "rbac.authorization.k8s.io";

export default defineControl({
  id: "rbac-escalate",
  layer: "cluster",
  severity: "critical",
  title: "Nobody may write rights into roles that they do not hold",
  failure: "can put any right into a role",
  why: "The verb escalate switches off the check that keeps people from writing more into a role than they have. With it, changing one role that one is bound to is enough to own the cluster.",
  fix: "Remove `escalate` from the rule.",
  verify: "kubectl auth can-i escalate clusterroles --as=USER",
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    judgeCapability(principal, context, (grants) => {
      const clusterWide = listClusterGrants(principal, context);
      // A RoleBinding gives nothing on ClusterRoles: they are in no namespace.
      const resources = principal.reach === "cluster" ? ["roles", "clusterroles"] : ["roles"];
      return findHeldRights(grants, [{ verbs: ["escalate"], group: GROUP, resources }]).flatMap((right) => {
        const here = [...clusterWide, ...grants.filter((grant) => grant.namespace === right.grant.namespace)];
        const writes = findHeldRights(here, [{ verbs: WRITE_VERBS, group: GROUP, resources: [right.ask.resource] }]);
        return writes.length > 0 ? rate([right], context, ["critical", "critical", "high"]) : [{ ...right, severity: "medium" as const }];
      });
    }),
  remedy: takeAway,
});
