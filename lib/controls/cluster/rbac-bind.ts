import { toDirectPower } from "../../graph/rbac/direct-power";
import { collectCapabilities } from "../../graph/rbac/held-capabilities";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { judgeCapability, listAllGrants, listGrantsBeside, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { rbacIndexView, roleKey } from "../../graph/rbac/rbac-index";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS, WRITE_VERBS } from "../../graph/rbac/rights-asks";
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
  const { power, actsAs } = toDirectPower(collectCapabilities(grants));
  if (power === 1) return namespace === null ? "critical" : "high";
  return power <= 3 || actsAs.length > 0 ? "high" : "low";
}

/** The bindings that can carry the role: of a Role, and in a namespace, only RoleBindings. */
function canBind(right: HeldRight, grants: readonly Grant[], namespace: string | null): boolean {
  const isLocal = namespace !== null || right.ask.resource === "roles";
  const resources = isLocal ? ["rolebindings"] : ["rolebindings", "clusterrolebindings"];
  return findHeldRights(grants, [{ verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources }]).length > 0;
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
  action: "Take the verb bind away, or name the roles",
  fix: "Name the roles that may be handed out with `resourceNames`, or remove `bind`.",
  verify: "kubectl auth can-i bind clusterroles -A --as=USER; kubectl auth can-i create clusterrolebindings -A --as=USER",
  lookFor: "It takes both: the verb bind, and the right to write a binding.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    judgeCapability(principal, context, (grants) => {
      const rights = findHeldRights(grants, ASKS.bind);
      const all = rights.length === 0 ? [] : listAllGrants(principal, context);
      return rights.flatMap((right) => {
        const { namespace } = right.grant;
        if (canBind(right, listGrantsBeside(right.grant, all), namespace)) return rateBind(right, context);
        // It may hand out roles everywhere, and write bindings in some namespaces only.
        const places = all.filter((grant) => namespace === null && grant.namespace !== null && canBind(right, [grant], grant.namespace));
        const local = places.flatMap((place) => rateBind({ ...right, grant: { ...right.grant, namespace: place.namespace } }, context));
        const severity = worstSeverity(local.map((rated) => rated.severity));
        return severity ? [{ ...right, severity }] : [];
      });
    }),
  remedy: takeAway,
});
