import type { Grant, PolicyRule } from "./principal";
import { hasOrAll, isApiPath, isNameless, matchesPath, matchesResource, type ResourceAsk } from "./rule-match";

export interface RightsAsk {
  readonly verbs: readonly string[];
  readonly group: string;
  /** With subresource: `pods/exec`; a path of the API server begins with a slash, and its group says nothing. */
  readonly resources: readonly string[];
}

/** One thing that a grant allows. `isNamed`: only for the objects that the rule names. */
export interface HeldRight {
  readonly grant: Grant;
  readonly ask: ResourceAsk;
  readonly isNamed: boolean;
}

/**
 * How far resourceNames let a rule go: a request without a name matches only a rule that lists "" or nothing; list and watch can
 * still be narrowed by a field selector; create and deletecollection of whole resources cannot.
 */
function reachOfNames(rule: PolicyRule, ask: ResourceAsk): "all" | "named" | "nothing" {
  const names = rule.resourceNames;
  if (names.length === 0) return "all";
  // Who makes a role is asked for `escalate` on it before it has a name.
  if (!isNameless(ask)) return ask.verb === "escalate" || names.some((name) => name !== "") ? "named" : "nothing";
  if (names.includes("")) return "all";
  return ask.verb === "list" || ask.verb === "watch" ? "named" : "nothing";
}

export type RuleMatch = Pick<HeldRight, "ask" | "isNamed">;

/** Thousands hold hundreds of rules, and each is asked for all capabilities: what does not match makes nothing. */
function addMatches(matches: RuleMatch[], rule: PolicyRule, { verbs, group }: Omit<RightsAsk, "resources">, resource: string): void {
  for (const verb of verbs) {
    if (!hasOrAll(rule.verbs, verb)) continue;
    const ask = { verb, group, resource };
    const reach = reachOfNames(rule, ask);
    if (reach !== "nothing") matches.push({ ask, isNamed: reach === "named" });
  }
}

/** What one rule allows of what is asked for, wherever it is bound. */
export function matchRule(rule: PolicyRule, asks: readonly RightsAsk[]): readonly RuleMatch[] {
  const matches: RuleMatch[] = [];
  if (rule.resources.length === 0 && rule.nonResourceURLs.length === 0) return matches;
  for (const asked of asks) {
    const { verbs, group, resources } = asked;
    const isOfGroup = hasOrAll(rule.apiGroups, group);
    for (const resource of resources) {
      if (isApiPath(resource)) {
        for (const verb of verbs) if (matchesPath(rule, verb, resource)) matches.push({ ask: { verb, group, resource }, isNamed: false });
      } else if (isOfGroup && matchesResource(rule, resource)) addMatches(matches, rule, asked, resource);
    }
  }
  return matches;
}

/** Everything asked for that the grants allow, one entry per grant, resource and verb. */
export function findHeldRights(grants: readonly Grant[], asks: readonly RightsAsk[]): readonly HeldRight[] {
  const byGroup = Map.groupBy(asks, ({ group }) => group);
  const rights: HeldRight[] = [];
  for (const grant of grants) {
    const { apiGroups, nonResourceURLs } = grant.rule;
    const [group = "*", ...others] = apiGroups;
    // Thousands may hold hundreds of rules each: most are for one group, and are not asked about those of all others.
    const isOfOne = group !== "*" && others.length === 0 && nonResourceURLs.length === 0;
    for (const match of matchRule(grant.rule, isOfOne ? (byGroup.get(group) ?? []) : asks)) rights.push({ grant, ...match });
  }
  return rights;
}

/** Whether its rule names the API group: one for every group does not tell that what another project adds is there. */
export function namesGroup({ ask, grant }: HeldRight): boolean {
  return grant.rule.apiGroups.includes(ask.group);
}

/** What rules that name a group name in it: kinds that no table lists, since they are many and grow. */
export function listNamed(grants: readonly Grant[], group: string): ReadonlySet<string> {
  return new Set(grants.flatMap(({ rule }) => (rule.apiGroups.includes(group) ? rule.resources : [])));
}

/** What the grants allow on such kinds. A rule for all resources is not asked about each of them: rules would be multiplied with rules. */
export function findNamedRights(grants: readonly Grant[], verbs: readonly string[], group: string, named: ReadonlySet<string>): readonly HeldRight[] {
  if (named.size === 0) return [];
  return grants.flatMap((grant) => {
    if (!hasOrAll(grant.rule.apiGroups, group)) return [];
    const own = [...new Set(grant.rule.resources)].filter((resource) => named.has(resource));
    const matches: RuleMatch[] = [];
    for (const resource of own) addMatches(matches, grant.rule, { verbs, group }, resource);
    return matches.map((match) => ({ grant, ...match }));
  });
}
