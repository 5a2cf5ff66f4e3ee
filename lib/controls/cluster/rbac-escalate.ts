import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { identityKey } from "../../graph/rbac/identity";
import {
  capabilityCheck,
  isInert,
  listAllGrants,
  listBoundGroups,
  listGrantsBeside,
  listGroupGrants,
  nameBoundGroups,
  rate,
  type RbacContext,
} from "../../graph/rbac/judge-capability";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { rbacIndexView } from "../../graph/rbac/rbac-index";
import { ASKS, WRITE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { type Severity, worstSeverity } from "../../model/severity";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

/** The roles of one kind that grants let it write; null = any, and those that do not exist yet. */
type Written = ReadonlySet<string> | null;

function findWritten(resource: string, grants: readonly Grant[]): Written {
  const writes = findHeldRights(grants, [{ verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources: [resource] }]);
  return writes.some((write) => !write.isNamed) ? null : new Set(writes.flatMap((write) => write.grant.rule.resourceNames));
}

/** The roles that it can both write and widen; null = any. */
function findWidened({ isNamed, grant }: HeldRight, written: Written): readonly string[] | null {
  const own = isNamed ? grant.rule.resourceNames : null;
  if (written === null) return own;
  return own ? own.filter((name) => written.has(name)) : [...written];
}

/** The roles of one kind that are bound to the identity, or to a group that it is always in. */
function findBound(principal: Principal, resource: string, context: RbacContext): ReadonlySet<string> {
  const kind = resource === "clusterroles" ? "ClusterRole" : "Role";
  const { entries } = context.view(rbacIndexView);
  const keys = [identityKey(principal.identity), ...listBoundGroups(principal, context)];
  const roles = keys.flatMap((key) => entries.get(key) ?? []).map(({ binding }) => binding.roleRef);
  return new Set(roles.filter((role) => role.kind === kind).map((role) => role.name));
}

interface Place {
  readonly namespace: string | null;
  readonly written: Written;
}

/** What rights to widen roles of one kind can be used on. */
interface Ground {
  readonly places: readonly Place[];
  readonly bound: ReadonlySet<string>;
}

function toGround({ grant, ask: { resource } }: HeldRight, all: readonly Grant[], principal: Principal, context: RbacContext): Ground {
  const { namespace } = grant;
  const here = { namespace, written: findWritten(resource, listGrantsBeside(grant, all)) };
  // It may widen roles everywhere, and write them in some namespaces only.
  const isLocalToo = namespace === null && resource !== "clusterroles";
  const local = isLocalToo ? Map.groupBy(all, (other) => other.namespace) : new Map<string | null, readonly Grant[]>();
  const others = [...local].filter(([place]) => place !== null).map(([place, grants]) => ({ namespace: place, written: findWritten(resource, grants) }));
  return { places: [here, ...others], bound: findBound(principal, resource, context) };
}

/** Without a role to write it is worth little; a role that somebody else is bound to gives its rights to them. */
function rateIn({ namespace, written }: Place, right: HeldRight, bound: ReadonlySet<string>, context: RbacContext): Severity {
  const names = findWidened(right, written);
  if (names?.length === 0) return "medium";
  if (names === null || names.some((name) => bound.has(name)))
    return rate([{ ...right, grant: { ...right.grant, namespace } }], context, ["critical", "critical", "high"])[0]?.severity ?? "critical";
  return namespace === null ? "high" : "medium";
}

/** What the groups that it is always in let it widen, in roles that it may write itself: both halves. */
function findByGroups(grants: readonly Grant[], context: RbacContext, principal: Principal): readonly RatedRight[] {
  const writes = findHeldRights(grants, ASKS.roleWrite)
    .filter((write) => !isInert(write))
    .map((write) => ({ write, written: findWritten(write.ask.resource, [write.grant]) }));
  const rights = writes.length === 0 ? [] : findHeldRights(listGroupGrants(principal, "escalate", context), ASKS.escalate);
  return rights.flatMap((right) => {
    if (isInert(right)) return [];
    const bound = findBound(principal, right.ask.resource, context);
    const rated = writes.flatMap(({ write, written }): readonly RatedRight[] => {
      const namespace = right.grant.namespace ?? write.grant.namespace;
      const isThere = write.grant.namespace === null || write.grant.namespace === namespace;
      if (write.ask.resource !== right.ask.resource || !isThere || findWidened(right, written)?.length === 0) return [];
      return [{ ...write, severity: rateIn({ namespace, written }, right, bound, context) }];
    });
    const severity = worstSeverity(rated.map((one) => one.severity));
    return severity ? [{ ...right, severity }, ...rated] : [];
  });
}

function findEscalations(grants: readonly Grant[], context: RbacContext, principal: Principal): readonly RatedRight[] {
  const byGroups = findByGroups(grants, context, principal);
  const rights = findHeldRights(grants, ASKS.escalate).filter((right) => !isInert(right));
  if (rights.length === 0) return byGroups;
  const all = listAllGrants(principal, "roleWrite", context);
  const grounds = new Map<string, Ground>();
  const own = rights.map((right): RatedRight => {
    const key = `${right.ask.resource} ${right.grant.namespace ?? ""}`;
    let ground = grounds.get(key);
    if (!ground) grounds.set(key, (ground = toGround(right, all, principal, context)));
    const { places, bound } = ground;
    return { ...right, severity: worstSeverity(places.map((place) => rateIn(place, right, bound, context))) ?? "medium" };
  });
  return [...own, ...byGroups];
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
  check: capabilityCheck(findEscalations, nameBoundGroups),
  remedy: takeAway,
});
