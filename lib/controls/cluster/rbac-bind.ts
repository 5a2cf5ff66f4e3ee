import { toDirectPower } from "../../graph/rbac/direct-power";
import { collectCapabilities } from "../../graph/rbac/held-capabilities";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { capabilityCheck, listAllGrants, listGrantsBeside, listGroupGrants, nameBoundGroups, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { rbacIndexView, roleKey } from "../../graph/rbac/rbac-index";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { ASKS, WRITE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import type { Severity } from "../../model/severity";
import { worstSeverity } from "../../model/severity";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";

/** How bad it is to hand out one role: that of the power it gives. A role that is not there yet may become anything. */
function rateRole(name: string, right: HeldRight, context: RbacContext): Severity {
  const { namespace } = right.grant;
  if (right.ask.resource === "clusterroles" && name === "cluster-admin") return namespace === null ? "critical" : "high";
  const kind = right.ask.resource === "clusterroles" ? "ClusterRole" : "Role";
  const role = context.view(rbacIndexView).roles.get(roleKey({ kind, namespace, name }));
  if (!role) return "medium";
  const grants = role.rules.map((rule, ruleIndex) => ({ ...right.grant, rule, ruleIndex }));
  const { power, actsAs } = toDirectPower(collectCapabilities(grants), context.kubeVersion);
  if (power === 1) return namespace === null ? "critical" : "high";
  return power <= 3 || actsAs.length > 0 ? "high" : "low";
}

/** The bindings that can carry the role: of a Role, and in a namespace, only RoleBindings. */
function canBind(right: HeldRight, grants: readonly Grant[], namespace: string | null): boolean {
  const isLocal = namespace !== null || right.ask.resource === "roles";
  const resources = isLocal ? ["rolebindings"] : ["rolebindings", "clusterrolebindings"];
  return findHeldRights(grants, [{ verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources }]).length > 0;
}

/** Rules may name one role thousands of times. */
function createRateBind(context: RbacContext): (right: HeldRight) => readonly RatedRight[] {
  const known = new Map<string, Severity>();
  const rateNamed = (name: string, right: HeldRight): Severity => {
    const key = `${right.ask.resource} ${right.grant.namespace ?? ""} ${name}`;
    let severity = known.get(key);
    if (severity === undefined) known.set(key, (severity = rateRole(name, right, context)));
    return severity;
  };
  return (right) => {
    if (!right.isNamed) return rate([right], context, ["critical", "critical", "high"]);
    return [{ ...right, severity: worstSeverity(right.grant.rule.resourceNames.map((name) => rateNamed(name, right))) ?? "low" }];
  };
}

/** Where rights to hand out roles of one kind can be used: there, or in the places of some grants alone. Told once, however many rules give them. */
function createPlacesOf(all: readonly Grant[]): (right: HeldRight) => "here" | ReadonlySet<string | null> {
  const known = new Map<string, "here" | ReadonlySet<string | null>>();
  const find = (right: HeldRight) => {
    const { namespace } = right.grant;
    if (canBind(right, listGrantsBeside(right.grant, all), namespace)) return "here";
    // It may hand out roles everywhere, and write bindings in some namespaces only.
    const places = all.filter((grant) => namespace === null && grant.namespace !== null && canBind(right, [grant], grant.namespace));
    return new Set(places.map((place) => place.namespace));
  };
  return (right) => {
    const key = `${right.ask.resource} ${right.grant.namespace ?? ""}`;
    let places = known.get(key);
    if (!places) known.set(key, (places = find(right)));
    return places;
  };
}

/** What the groups that it is always in let it hand out, by bindings that it may write itself: both halves. */
function findByGroups(grants: readonly Grant[], context: RbacContext, principal: Principal): readonly RatedRight[] {
  const writes = findHeldRights(grants, ASKS.bindingWrite);
  const binds = writes.length === 0 ? [] : findHeldRights(listGroupGrants(principal, "bind", context), ASKS.bind);
  const rateBind = createRateBind(context);
  return binds.flatMap((bind) => {
    const { namespace } = bind.grant;
    const rated = writes.flatMap((write): readonly RatedRight[] => {
      const place = namespace ?? write.grant.namespace;
      const isThere = write.grant.namespace === null || write.grant.namespace === place;
      if (!isThere || !canBind(bind, [write.grant], place)) return [];
      const severity = worstSeverity(rateBind({ ...bind, grant: { ...bind.grant, namespace: place } }).map((one) => one.severity));
      return severity ? [{ ...write, severity }] : [];
    });
    const severity = worstSeverity(rated.map((one) => one.severity));
    return severity ? [{ ...bind, severity }, ...rated] : [];
  });
}

export default defineControl({
  id: "rbac-bind",
  layer: "cluster",
  severity: "critical",
  title: "Nobody may hand out roles that they do not hold",
  failure: "can bind roles that it does not hold",
  why: "The verb bind switches off the check that keeps people from handing out more than they have. With it, one binding to cluster-admin is enough to own the cluster.",
  action: "Take the verb bind away, or name the roles",
  fix: `Name the roles that may be handed out with \`resourceNames\`, or remove \`bind\`. ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i bind clusterroles -A --as=USER; kubectl auth can-i create clusterrolebindings -A --as=USER",
  lookFor: "It takes both: the verb bind, and the right to write a binding.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context, principal) => {
    const rights = findHeldRights(grants, ASKS.bind);
    const byGroups = findByGroups(grants, context, principal);
    if (rights.length === 0) return byGroups;
    const placesOf = createPlacesOf(listAllGrants(principal, "bindingWrite", context));
    const rateBind = createRateBind(context);
    const own = rights.flatMap((right) => {
      const places = placesOf(right);
      if (places === "here") return rateBind(right);
      const local = [...places].flatMap((namespace) => rateBind({ ...right, grant: { ...right.grant, namespace } }));
      const severity = worstSeverity(local.map((rated) => rated.severity));
      return severity ? [{ ...right, severity }] : [];
    });
    return [...own, ...byGroups];
  }, nameBoundGroups),
  remedy: takeAway,
});
