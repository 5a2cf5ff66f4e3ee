import type { Grant } from "./principal";
import { hasOrAll, matchesAsk, type ResourceAsk } from "./rule-match";

export interface RightsAsk {
  readonly verbs: readonly string[];
  readonly group: string;
  /** With subresource: `pods/exec`. */
  readonly resources: readonly string[];
}

/** One thing that a grant allows. `isNamed`: only for the objects that the rule names. */
export interface HeldRight {
  readonly grant: Grant;
  readonly ask: ResourceAsk;
  readonly isNamed: boolean;
}

const NAMELESS = new Set(["create", "list", "watch", "deletecollection"]);

/**
 * How far resourceNames let a rule go: a request without a name matches only a rule that lists "" or nothing; list and watch can
 * still be narrowed by a field selector; create and deletecollection of whole resources cannot.
 */
function reachOfNames(grant: Grant, ask: ResourceAsk): "all" | "named" | "nothing" {
  const names = grant.rule.resourceNames;
  if (names.length === 0) return "all";
  const isNameless = NAMELESS.has(ask.verb) && !ask.resource.includes("/");
  if (!isNameless) return "named";
  if (names.includes("")) return "all";
  return ask.verb === "list" || ask.verb === "watch" ? "named" : "nothing";
}

/** Everything asked for that the grants allow, one entry per grant, resource and verb. */
export function findHeldRights(grants: readonly Grant[], asks: readonly RightsAsk[]): readonly HeldRight[] {
  const held: HeldRight[] = [];
  for (const grant of grants) {
    if (grant.rule.resources.length === 0) continue;
    for (const { verbs, group, resources } of asks) {
      if (!hasOrAll(grant.rule.apiGroups, group)) continue;
      for (const resource of resources) {
        for (const verb of verbs) {
          const ask = { verb, group, resource };
          if (!matchesAsk(grant.rule, ask)) continue;
          const reach = reachOfNames(grant, ask);
          if (reach !== "nothing") held.push({ grant, ask, isNamed: reach === "named" });
        }
      }
    }
  }
  return held;
}
