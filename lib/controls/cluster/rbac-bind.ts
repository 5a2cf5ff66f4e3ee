import { toDirectPower } from "../../graph/rbac/direct-power";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { judgeCapability, listClusterGrants, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { rbacIndexView, roleKey } from "../../graph/rbac/rbac-index";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import type { Severity } from "../../model/severity";
import { worstSeverity } from "../../model/severity";
import { defineControl } from "../define";

/** How bad it is to hand out one role: that of the power it gives. A role that is not there yet may become anything. */
function rateRole(name: string, right: HeldRight, context: RbacContext): Severity {
  const { namespace } = right.grant;
  if (right.ask.resource === "clusterroles" && name === "cluster-admin") return namespace === null ? "critical" : "high";
  const kind = right.ask.resource === "clusterroles" ? "ClusterRole" : "Role";
  const role = context.view(rbacIndexView).roles.get(roleKey({ kind, namespace, name }));
  if (!role) return "medium";
  const grants = role.rules.map((rule, ruleIndex) => ({ ...right.grant, rule, ruleIndex }));
  const { power, actsAs } = toDirectPower(grants);
  if (power === 1) return namespace === null ? "critical" : "high";
  return power <= 3 || actsAs.length > 0 ? "high" : "low";
}

function rateBind(right: HeldRight, context: RbacContext): readonly RatedRight[] {
  if (!right.isNamed) return rate([right], context, ["critical", "critical", "high"]);
  const severity = worstSeverity(right.grant.rule.resourceNames.map((name) => rateRole(name, right, context))) ?? "low";
  return [{ ...right, severity }];
}

export default defineControl({
  id: "rbac-bind",
  layer: "cluster",
  severity: "critical",
  title: "Nobody may hand out roles that they do not hold",
  failure: "can bind roles that it does not hold",
  why: "The verb bind switches off the check that keeps people from handing out more than they have. With it, one binding to cluster-admin is enough to own the cluster.",
  fix: "Name the roles that may be handed out with `resourceNames`, or remove `bind`.",
  verify: "kubectl auth can-i bind clusterroles --as=USER",
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    judgeCapability(principal, context, (grants) => {
      const clusterWide = listClusterGrants(principal, context);
      return findHeldRights(grants, ASKS.bind).flatMap((right) => {
        const here = [...clusterWide, ...grants.filter((grant) => grant.namespace === right.grant.namespace)];
        return findHeldRights(here, ASKS.bindingWrite).length > 0 ? rateBind(right, context) : [];
      });
    }),
  remedy: takeAway,
});
