import type { Weakness } from "../../controls/define";
import { weakness } from "../../controls/define";
import { named } from "../../model/named";
import { type Severity, worstSeverity } from "../../model/severity";
import type { HeldRight } from "./held-right";
import type { Grant } from "./principal";
import { describeRights } from "./right-text";

/** `part`: which of several things that the control asks about it is, for clauses that ask for one; the first right of a rule says it of the rule. */
export type RatedRight = HeldRight & { readonly severity: Severity; readonly part?: string };

/** The way a right came: binding, role, rule. */
function describePath(grant: Grant): string {
  const source = grant.sourceRole ? ` (aggregated from ${grant.sourceRole.name})` : "";
  return `${named(grant.binding)} binds it to ${named(grant.role)}, whose rule ${grant.ruleIndex}${source}`;
}

/** One weakness per rule on the way, the worst of its rights deciding the severity. */
export function toCapabilityWeaknesses(rights: readonly RatedRight[]): readonly Weakness[] {
  return [...Map.groupBy(rights, (right) => right.grant)].map(([grant, ofGrant]) => {
    const severity = worstSeverity(ofGrant.map((right) => right.severity)) ?? "medium";
    const { verbs, apiGroups, resources, resourceNames } = grant.rule;
    const part = ofGrant[0]?.part;
    const value = { verbs, apiGroups, resources, ...(resourceNames.length > 0 && { resourceNames }) };
    return weakness(`rules[${grant.ruleIndex}]`, value, `${describePath(grant)} allows ${describeRights(ofGrant, grant)}.`, {
      severity,
      on: grant.namespace ?? "",
      object: grant.role,
      hint: ofGrant,
      ...(part !== undefined && { check: part }),
    });
  });
}
