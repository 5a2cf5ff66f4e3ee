import type { RightPath } from "@/lib/contracts/who-can";
import { isOutOfReach } from "@/lib/graph/rbac/cluster-resources";
import type { RuleMatch } from "@/lib/graph/rbac/held-right";
import type { Grant } from "@/lib/graph/rbac/principal";

const SHOWN = 40;

function withGroups(resources: readonly string[], groups: readonly string[]): readonly string[] {
  return resources.flatMap((resource) => groups.map((group) => written(resource, group)));
}

/** As kubectl writes it: `deployments.apps/scale`. */
function written(resource: string, group: string): string {
  const [name = "", ...sub] = resource.split("/");
  return [group === "" ? name : `${name}.${group}`, ...sub].join("/");
}

/** What a rule names, as it is written, apart from what has no namespace where a RoleBinding gives it: nothing comes of that. */
function listResources({ rule, namespace }: Grant): { readonly resources: readonly string[]; readonly inert: readonly string[] } {
  const isInert = (resource: string): boolean => namespace !== null && rule.verbs.every((verb) => isOutOfReach({ verb, resource }));
  const paths = rule.nonResourceURLs.map((url) => (url === "*" ? "/*" : url));
  const write = (wanted: boolean): readonly string[] => [
    ...withGroups(
      rule.resources.filter((resource) => isInert(resource) === wanted),
      rule.apiGroups,
    ),
    ...((namespace !== null) === wanted ? paths : []),
  ];
  return { resources: write(false), inert: write(true) };
}

/** A grant for the browser. With `rights` only the part of the rule that was asked for. */
export function toRightPath(grant: Grant, via: string | null, rights?: readonly RuleMatch[]): RightPath {
  const { binding, subjectIndex, role, sourceRole, ruleIndex, rule, namespace } = grant;
  const verbs = rights ? rights.map(({ ask }) => ask.verb) : rule.verbs;
  const { resources, inert } = rights ? { resources: rights.map(({ ask }) => written(ask.resource, ask.group)), inert: [] } : listResources(grant);
  const names = rights && !rights.some(({ isNamed }) => isNamed) ? [] : rule.resourceNames;
  return {
    binding,
    subjectIndex,
    role,
    sourceRole: sourceRole ?? null,
    ruleIndex,
    namespace,
    via,
    verbs: [...new Set(verbs)].slice(0, SHOWN),
    resources: [...new Set(resources)].slice(0, SHOWN),
    inert: [...new Set(inert)].slice(0, SHOWN),
    names: names.slice(0, SHOWN),
  };
}
