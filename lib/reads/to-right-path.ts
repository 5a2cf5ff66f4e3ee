import type { RightPath } from "@/lib/contracts/who-can";
import { isOutOfReach } from "@/lib/graph/rbac/cluster-resources";
import type { RuleMatch } from "@/lib/graph/rbac/held-right";
import type { Grant } from "@/lib/graph/rbac/principal";

const SHOWN = 40;

/** As kubectl writes it: `deployments.apps/scale`. */
function written(resource: string, group: string): string {
  const [name = "", ...sub] = resource.split("/");
  return [group === "" ? name : `${name}.${group}`, ...sub].join("/");
}

/** What a rule names, as it is written, apart from what has no namespace where a RoleBinding gives it: nothing comes of that. */
function listResources({ rule, namespace }: Grant): { readonly resources: readonly string[]; readonly inert: readonly string[] } {
  const named = rule.resources.flatMap((resource) => rule.apiGroups.map((group) => ({ resource, group })));
  const isInert = (one: (typeof named)[number]): boolean => namespace !== null && rule.verbs.every((verb) => isOutOfReach({ verb, ...one }));
  const paths = rule.nonResourceURLs.map((url) => (url === "*" ? "/*" : url));
  const write = (wanted: boolean): readonly string[] => [
    ...named.filter((one) => isInert(one) === wanted).map(({ resource, group }) => written(resource, group)),
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
