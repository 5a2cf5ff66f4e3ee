import { notApplicable, type Outcome, unknown } from "../../controls/define";
import { type Context, defineView } from "../../inventory/view";
import { groupDigits } from "../../model/group-digits";
import { type Severity, severityRank } from "../../model/severity";
import type { CoveringControl } from "../../model/verdict";
import { type RatedRight, toCapabilityWeaknesses } from "./capability-weakness";
import { isOutOfReach } from "./cluster-resources";
import { type HeldRight, matchRule, type RuleMatch } from "./held-right";
import { groupKey, isMasters, listImplicitGroups } from "./identity";
import type { Grant, Principal } from "./principal";
import { toGrants } from "./principals";
import { powerView } from "./power";
import { type IndexedBinding, listBoundEntries, rbacIndexView } from "./rbac-index";
import { ASKS, type CapabilityName } from "./rights-asks";

export type RbacContext = Context<"roles" | "bindings">;

/** Fails on each binding to cluster-admin, but for those of the group that Kubernetes binds itself. */
const ADMIN_BINDING: CoveringControl = "rbac-cluster-admin-binding";

const BUILT_IN = new Set(["admin", "edit", "view"]);
/** The roles whose rules Kubernetes adds to those; anybody may give another one such a name. */
const BUILT_IN_PARTS = new Set([...BUILT_IN].map((name) => `system:aggregate-to-${name}`));

export function isClusterAdmin(grant: Pick<Grant, "role">): boolean {
  return grant.role.kind === "ClusterRole" && grant.role.name === "cluster-admin";
}

function isBuiltIn({ role }: Grant): boolean {
  return role.kind === "ClusterRole" && BUILT_IN.has(role.name);
}

/** Through a role that Kubernetes ships for people, and a rule that it ships with. */
function isBuiltInBundle(grant: Grant): boolean {
  const isShippedRule = grant.sourceRole === undefined || BUILT_IN.has(grant.sourceRole.name) || BUILT_IN_PARTS.has(grant.sourceRole.name);
  return isBuiltIn(grant) && isShippedRule;
}

/** What operators add to a shipped role is no more than it gives where its own rules are as severe: virtual machines beside pods. */
function listLeft(rights: readonly RatedRight[]): readonly RatedRight[] {
  // By namespace: somebody may have such a role in thousands.
  const shipped = new Map<string | null, Severity>();
  for (const { grant, severity } of rights) {
    const worst = shipped.get(grant.namespace) ?? severity;
    if (isBuiltInBundle(grant)) shipped.set(grant.namespace, severityRank(severity) < severityRank(worst) ? severity : worst);
  }
  const isCovered = ({ grant, severity }: RatedRight): boolean =>
    [null, grant.namespace].some((namespace) => {
      const worst = shipped.get(namespace);
      return worst !== undefined && severityRank(worst) <= severityRank(severity);
    });
  return rights.filter((right) => !isBuiltInBundle(right.grant) && !(isBuiltIn(right.grant) && isCovered(right)));
}

/** Severity by where a right holds: whole cluster, a namespace from which the cluster can be taken, any other namespace. */
export function rate(
  rights: readonly HeldRight[],
  context: RbacContext,
  severities: readonly [Severity, Severity, Severity],
  whenNamed?: Severity,
): readonly RatedRight[] {
  const power = context.view(powerView);
  return rights.map((right) => {
    const { namespace } = right.grant;
    const index = namespace === null ? 0 : power.isPrivileged(namespace) ? 1 : 2;
    return { ...right, severity: right.isNamed && whenNamed ? whenNamed : (severities[index] ?? severities[2]) };
  });
}

/** The keys of the groups that it is always in and that are bound to something. */
export function listBoundGroups({ identity }: Principal, context: RbacContext): readonly string[] {
  const { entries } = context.view(rbacIndexView);
  return listImplicitGroups(identity)
    .map(groupKey)
    .filter((key) => entries.has(key));
}

/** What the grants of its groups depend on, for controls that ask for all grants: identities of one holding may be in others. */
export function nameBoundGroups(principal: Principal, context: RbacContext): string {
  return listBoundGroups(principal, context).join("|");
}

const allows = ({ rule }: Grant, capability: CapabilityName) => matchRule(rule, ASKS[capability]).length > 0;

/** Read once for all who are in a group: thousands of accounts are in that of all accounts, which may hold thousands of rules. */
const groupGrantsView = defineView({
  reads: ["roles", "bindings"],
  compute: (context) => {
    const { entries } = context.view(rbacIndexView);
    const known = new Map<string, readonly Grant[]>();
    return (key: string, capability: CapabilityName): readonly Grant[] => {
      const of = `${capability} ${key}`;
      let grants = known.get(of);
      if (!grants) known.set(of, (grants = toGrants(entries.get(key) ?? [], () => undefined).filter((grant) => allows(grant, capability))));
      return grants;
    };
  },
});

/** What the groups that it is always in give of a capability. Which role brought a rule is left out. */
export function listGroupGrants(principal: Principal, capability: CapabilityName, context: RbacContext): readonly Grant[] {
  const ofGroup = context.view(groupGrantsView);
  return listBoundGroups(principal, context).flatMap((key) => ofGroup(key, capability));
}

/** All that the same identity is given by its own name, through both kinds of bindings. Which role brought a rule is left out of what the others give. */
export function listOwnGrants(principal: Principal, context: RbacContext): readonly Grant[] {
  const entries = listBoundEntries(principal.identity, context);
  const others = entries.filter((entry) => (entry.binding.namespace === null) !== (principal.reach === "cluster"));
  return [...principal.grants, ...toGrants(others, () => undefined)];
}

/**
 * All that gives the same identity something of a capability, through both kinds of bindings, and by the groups that it is always in: what it holds in a
 * namespace adds to what it holds everywhere, and what all accounts hold to what it holds by itself. Which role brought a rule is left out.
 */
export function listAllGrants(principal: Principal, capability: CapabilityName, context: RbacContext): readonly Grant[] {
  const own = listOwnGrants(principal, context).filter((grant) => allows(grant, capability));
  return [...own, ...listGroupGrants(principal, capability, context)];
}

/** The grants that hold wherever this one does, itself among them. */
export function listGrantsBeside(grant: Grant, all: readonly Grant[]): readonly Grant[] {
  return all.filter(({ namespace }) => namespace === null || namespace === grant.namespace);
}

/** A RoleBinding gives nothing on what is in no namespace, and of all namespaces its own alone, also where its rule names others. */
export function isInert({ grant, ask, isNamed }: RuleMatch & { readonly grant: Pick<Grant, "namespace" | "rule"> }): boolean {
  if (grant.namespace === null) return false;
  return isOutOfReach(ask) || (ask.resource === "namespaces" && isNamed && !grant.rule.resourceNames.includes(grant.namespace));
}

/** The bindings of an identity to cluster-admin. */
function listAdminBindings(principal: Principal, context: RbacContext): readonly IndexedBinding[] {
  const entries = listBoundEntries(principal.identity, context);
  return entries.map(({ binding }) => binding).filter((binding) => isClusterAdmin({ role: binding.roleRef }));
}

/** The outcome, but not applicable where what was found is what the identity is there for. */
export function unlessExpected(outcome: Outcome, isExpected: boolean, why: string): Outcome {
  return isExpected && !("state" in outcome) && outcome.length > 0 ? notApplicable(why) : outcome;
}

/** Rules of one role that are looked at for each capability; a role made of those of a thousand operators has some thousands, and an object has room for more. */
const MOST_RULES = 5_000;

/** Where nothing was found in what was looked at, and there is more, nothing is known. */
function judgeLongRoles<C extends RbacContext>(principal: Principal, context: C, find: Find<C>): Outcome {
  const rest = principal.grants.find(({ ruleIndex }) => ruleIndex >= MOST_RULES);
  if (!rest) return judgeHolding(principal, context, find);
  const outcome = judgeHolding({ ...principal, grants: principal.grants.filter(({ ruleIndex }) => ruleIndex < MOST_RULES) }, context, find);
  const isFailing = !("state" in outcome) && outcome.length > 0;
  return isFailing || ("state" in outcome && outcome.state === "subsumed")
    ? outcome
    : unknown(`${rest.role.kind} ${rest.role.name} has more than ${groupDigits(MOST_RULES)} rules, and only so many of a role are judged.`);
}

type Find<C> = (grants: readonly Grant[], context: C, principal: Principal) => readonly RatedRight[];

/** What comes with cluster-admin, or only with the roles shipped for people, is told by the controls about those bindings. */
function judgeHolding<C extends RbacContext>(principal: Principal, context: C, find: Find<C>): Outcome {
  const bindings = listAdminBindings(principal, context);
  const admin = context.settings.disabledControls[ADMIN_BINDING] === undefined ? bindings : [];
  const adminIn = new Set(admin.map(({ namespace }) => namespace));
  const held = (grants: readonly Grant[]) => find(grants, context, principal).filter((right) => !isInert(right));
  const rights = adminIn.has(null) ? [] : held(principal.grants.filter((grant) => !adminIn.has(grant.namespace)));
  const isLeft = listLeft(rights).length > 0;
  if (!isLeft && admin.length > 0) {
    const reason = `It is bound to cluster-admin; ${ADMIN_BINDING} judges that.`;
    const covered = held(principal.grants).filter(({ grant }) => adminIn.has(null) || adminIn.has(grant.namespace));
    const coveredBy = { control: ADMIN_BINDING, objects: admin.map(({ object }) => object.ref) };
    if (covered.length > 0) return { state: "subsumed", reason, notes: toCapabilityWeaknesses(covered), coveredBy };
    if (adminIn.has(null)) return notApplicable(reason);
  }
  if (rights.length > 0 && !isLeft) {
    return {
      state: "not-applicable",
      reason: "It comes only with a role that Kubernetes ships; rbac-builtin-admin-edit judges that.",
      notes: toCapabilityWeaknesses(rights),
    };
  }
  return toCapabilityWeaknesses(rights);
}

/**
 * The check of one capability of principals. What the API server gives its own controllers is how Kubernetes works. `find` gets the grants that are left,
 * and is asked once for all principals of one holding: it sees one of them, and of that only what all of them share, unless `besides` names what else it
 * depends on. Rights that a principal is told to hold may so have come to another by the same way.
 */
export function capabilityCheck<C extends RbacContext>(
  find: Find<C>,
  besides: (principal: Principal, context: C) => string = () => "",
): (principal: Principal, context: C) => Outcome {
  const told = new WeakMap<object, WeakMap<object, Map<string, Outcome>>>();
  return (principal, context) => {
    if (principal.isShipped) return notApplicable("It holds only what Kubernetes ships for itself, unchanged.");
    if (isMasters(principal.identity) && listAdminBindings(principal, context).length > 0) return notApplicable("Kubernetes itself binds it to cluster-admin.");
    // Kept for nobody else, hundreds of rights of each of thousands would fill the memory.
    if (principal.holding.holders === 1) return judgeLongRoles(principal, context, find);
    const ofContext = told.get(context) ?? new WeakMap<object, Map<string, Outcome>>();
    told.set(context, ofContext);
    const ofHolding = ofContext.get(principal.holding) ?? new Map<string, Outcome>();
    ofContext.set(principal.holding, ofHolding);
    const key = besides(principal, context);
    let outcome = ofHolding.get(key);
    if (!outcome) ofHolding.set(key, (outcome = judgeLongRoles(principal, context, find)));
    return outcome;
  };
}
