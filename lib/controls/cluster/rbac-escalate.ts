import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { identityKey, listImplicitGroups } from "../../graph/rbac/identity";
import { isInert, judgeCapability, listAllGrants, listGrantsBeside, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { rbacIndexView } from "../../graph/rbac/rbac-index";
import { ASKS, WRITE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { type Severity, worstSeverity } from "../../model/severity";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

/** The roles that it can both write and widen; null = any, and those that do not exist yet. */
function findWidened(right: HeldRight, grants: readonly Grant[]): readonly string[] | null {
  const writes = findHeldRights(grants, [{ verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources: [right.ask.resource] }]);
  const own = right.isNamed ? right.grant.rule.resourceNames : null;
  if (writes.some((write) => !write.isNamed)) return own;
  const written = writes.flatMap((write) => write.grant.rule.resourceNames);
  return own ? written.filter((name) => own.includes(name)) : written;
}

/** Whether one of these roles is bound to the identity, or to a group that it is always in. */
function isBoundTo({ identity }: Principal, right: HeldRight, names: readonly string[], context: RbacContext): boolean {
  const kind = right.ask.resource === "clusterroles" ? "ClusterRole" : "Role";
  const keys = [identityKey(identity), ...listImplicitGroups(identity).map((name) => identityKey({ kind: "Group", namespace: null, name }))];
  const entries = keys.flatMap((key) => context.view(rbacIndexView).entries.get(key) ?? []);
  return entries.some(({ binding: { roleRef } }) => roleRef.kind === kind && names.includes(roleRef.name));
}

/** Without a role to write it is worth little; a role that somebody else is bound to gives its rights to them. */
function rateIn(namespace: string | null, right: HeldRight, grants: readonly Grant[], principal: Principal, context: RbacContext): Severity {
  const names = findWidened(right, grants);
  if (names?.length === 0) return "medium";
  const whole = rate([{ ...right, grant: { ...right.grant, namespace } }], context, ["critical", "critical", "high"])[0]?.severity ?? "critical";
  if (names === null || isBoundTo(principal, right, names, context)) return whole;
  return namespace === null ? "high" : "medium";
}

function rateEscalate(right: HeldRight, all: readonly Grant[], principal: Principal, context: RbacContext): Severity {
  const { namespace } = right.grant;
  const here = rateIn(namespace, right, listGrantsBeside(right.grant, all), principal, context);
  if (namespace !== null || right.ask.resource === "clusterroles") return here;
  // It may widen roles everywhere, and write them in some namespaces only.
  const local = all.filter((grant) => grant.namespace !== null).map((grant) => rateIn(grant.namespace, right, [grant], principal, context));
  return worstSeverity([here, ...local]) ?? here;
}

export default defineControl({
  id: "rbac-escalate",
  layer: "cluster",
  severity: "critical",
  title: "Nobody may write rights into roles that they do not hold",
  failure: "can put any right into a role",
  why: "The verb escalate switches off the check that keeps people from writing more into a role than they hold. With it, changing one role that is bound to oneself is enough to own the cluster.",
  action: "Take the verb escalate away",
  fix: "Remove `escalate` from the rule.",
  verify: "kubectl auth can-i escalate clusterroles -A --as=USER",
  lookFor: rightLookFor(),
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    judgeCapability(principal, context, (grants) => {
      const rights = findHeldRights(grants, ASKS.escalate).filter((right) => !isInert(right));
      const all = rights.length === 0 ? [] : listAllGrants(principal, context);
      return rights.map((right): RatedRight => ({ ...right, severity: rateEscalate(right, all, principal, context) }));
    }),
  remedy: takeAway,
});
