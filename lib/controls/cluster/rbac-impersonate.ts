import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, findNamedRights, type HeldRight } from "../../graph/rbac/held-right";
import { capabilityCheck, listAllGrants, listOwnGrants, nameBoundGroups, rate, type RbacContext } from "../../graph/rbac/judge-capability";
import { powerView } from "../../graph/rbac/power";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import type { Severity } from "../../model/severity";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

const AUTHENTICATION = "authentication.k8s.io";

/** As bad as the strongest of those whom it names; of a name that nobody binds, nothing is known. */
function ratePeople(right: HeldRight, context: RbacContext): Severity {
  const names = right.grant.rule.resourceNames;
  if (!right.isNamed || names.includes("system:masters")) return "critical";
  const kind = right.ask.resource === "groups" ? "Group" : "User";
  const strongest = Math.min(...names.map((name) => context.view(powerView).classOf({ kind, namespace: null, name })));
  return strongest === 1 ? "critical" : strongest <= 3 ? "high" : "medium";
}

/** Whether it may act as somebody, by all that it holds: the API server refuses a group of nobody. */
function isSomebody(principal: Principal, context: RbacContext): boolean {
  const isUser = listAllGrants(principal, "impersonateUsers", context).some((grant) => grant.namespace === null);
  return isUser || listAllGrants(principal, "impersonateAccounts", context).length > 0;
}

/** Users and groups are in no namespace: a RoleBinding gives nothing on them. */
function findPeople(clusterWide: readonly Grant[], context: RbacContext, principal: Principal): readonly RatedRight[] {
  const users = findHeldRights(clusterWide, ASKS.impersonateUsers).map((right): RatedRight => ({ ...right, severity: ratePeople(right, context) }));
  const groups = findHeldRights(clusterWide, ASKS.impersonateGroups);
  if (groups.length === 0) return users;
  const isWhole = isSomebody(principal, context);
  return [...users, ...groups.map((right): RatedRight => ({ ...right, severity: isWhole ? ratePeople(right, context) : "medium" }))];
}

/** The API server refuses a uid or an extra detail of nobody: they add to the right to act as somebody, and are nothing without it. */
function findDetails(clusterWide: readonly Grant[]): readonly RatedRight[] {
  const extras = clusterWide.flatMap((grant) => grant.rule.resources.filter((resource) => resource.startsWith("userextras/")));
  const uids = findHeldRights(clusterWide, [{ verbs: ["impersonate"], group: AUTHENTICATION, resources: ["uids"] }]);
  const details = [...uids, ...findNamedRights(clusterWide, ["impersonate"], AUTHENTICATION, new Set(extras))];
  return details.map((right) => ({ ...right, severity: "low" }));
}

function rateAccount(right: HeldRight, context: RbacContext): Severity {
  const power = context.view(powerView);
  const { namespace, rule } = right.grant;
  if (right.isNamed && namespace !== null) {
    return rule.resourceNames.some((name) => power.classOf({ kind: "ServiceAccount", namespace, name }) === 1) ? "critical" : "high";
  }
  if (right.isNamed) return power.strongestNamed(rule.resourceNames) === 1 ? "critical" : "high";
  return rate([right], context, ["critical", "critical", "high"])[0]?.severity ?? "high";
}

/** Ways of constrained impersonation, and what names the identity in each: details such as a uid add to it, and are nothing without it. */
const MODES: readonly { readonly mode: string; readonly resource: string; readonly severity: Severity }[] = [
  { mode: "user-info", resource: "users", severity: "medium" },
  { mode: "serviceaccount", resource: "serviceaccounts", severity: "medium" },
  { mode: "arbitrary-node", resource: "nodes", severity: "medium" },
  { mode: "associated-node", resource: "nodes", severity: "low" },
];

/** Both halves of a way are needed, and the second limits what can be done: it may hold in some namespaces alone. */
function findConstrained(grants: readonly Grant[], principal: Principal, context: RbacContext): readonly RatedRight[] {
  return MODES.flatMap(({ mode, resource, severity }) => {
    const rights = findHeldRights(grants, [{ verbs: [`impersonate:${mode}`], group: AUTHENTICATION, resources: [resource] }]);
    const isAimed = ({ rule }: Grant): boolean => rule.verbs.some((verb) => verb.startsWith(`impersonate-on:${mode}:`));
    return rights.length > 0 && listOwnGrants(principal, context).some(isAimed) ? rights.map((right) => ({ ...right, severity })) : [];
  });
}

export default defineControl({
  id: "rbac-impersonate",
  layer: "cluster",
  severity: "critical",
  title: "Nobody may act as somebody else",
  failure: "can act as other identities",
  why: "Anyone who may impersonate can send requests as another user, group or service account, with that identity's rights: as a member of system:masters, every right.",
  action: "Remove the verb impersonate, or limit it by name",
  fix: `Remove the verb \`impersonate\`, or limit with \`resourceNames\` which identities it may be used for. Where it is for a few actions only, verbs such as \`impersonate:user-info\` and \`impersonate-on:user-info:list\` allow no others, from Kubernetes 1.35 on (feature gate ConstrainedImpersonation). ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i impersonate users -A --as=USER; kubectl auth can-i impersonate serviceaccounts -A --as=USER",
  lookFor: rightLookFor("To act as a group takes the right to act as a user or a service account too."),
  tips: ["S3"],
  frameworks: { cis: ["5.1.8"], nsa: ["RB"], mitre: ["T1078", "T1550"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context, principal) => {
    const clusterWide = grants.filter((grant) => grant.namespace === null);
    const accounts = findHeldRights(grants, ASKS.impersonateAccounts).map((right): RatedRight => ({ ...right, severity: rateAccount(right, context) }));
    const somebody = [...findPeople(clusterWide, context, principal), ...accounts];
    return [...somebody, ...(somebody.length > 0 ? findDetails(clusterWide) : []), ...findConstrained(grants, principal, context)];
  }, nameBoundGroups),
  remedy: takeAway,
});
