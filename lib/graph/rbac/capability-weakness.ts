import type { Weakness } from "../../controls/define";
import { weakness } from "../../controls/define";
import type { ResourceRef } from "../../model/resource-ref";
import { type Severity, worstSeverity } from "../../model/severity";
import type { HeldRight } from "./held-right";
import type { Grant } from "./principal";

export type RatedRight = HeldRight & { readonly severity: Severity };

function named(ref: ResourceRef): string {
  return `${ref.kind} ${ref.namespace === null ? ref.name : `${ref.namespace}/${ref.name}`}`;
}

function andList(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join("") : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1)}`;
}

/** `*` in `resources` reaches only as far as the API groups of the rule. */
function describeAll(apiGroups: readonly string[]): string {
  return apiGroups.includes("*") ? "every resource" : `every resource of ${andList(apiGroups.map((group) => group || "the core API group"))}`;
}

/** `get and list on secrets in namespace payments`. */
function describeRights(rights: readonly HeldRight[], grant: Grant): string {
  const verbs = andList(rights.map((right) => right.ask.verb));
  const resources = grant.rule.resources.includes("*") ? describeAll(grant.rule.apiGroups) : andList(rights.map((right) => right.ask.resource));
  const names = rights.every((right) => right.isNamed) ? ` called ${grant.rule.resourceNames.join(", ")}` : "";
  return `${verbs} on ${resources}${names} ${grant.namespace === null ? "in the whole cluster" : `in namespace ${grant.namespace}`}`;
}

/** The way a right came: binding, role, rule. */
export function describePath(grant: Grant): string {
  const source = grant.sourceRole ? ` (aggregated from ${grant.sourceRole.name})` : "";
  return `${named(grant.binding)} binds it to ${named(grant.role)}, whose rule ${grant.ruleIndex}${source}`;
}

/** One weakness per rule on the way, the worst of its rights deciding the severity. */
export function toCapabilityWeaknesses(rights: readonly RatedRight[]): readonly Weakness[] {
  return [...Map.groupBy(rights, (right) => right.grant)].map(([grant, ofGrant]) => {
    const severity = worstSeverity(ofGrant.map((right) => right.severity)) ?? "medium";
    const { verbs, apiGroups, resources, resourceNames } = grant.rule;
    const value = { verbs, apiGroups, resources, ...(resourceNames.length > 0 && { resourceNames }) };
    return weakness(`rules[${grant.ruleIndex}]`, value, `${describePath(grant)} allows ${describeRights(ofGrant, grant)}.`, {
      severity,
      on: grant.namespace ?? "",
      object: grant.role,
      hint: ofGrant,
    });
  });
}
