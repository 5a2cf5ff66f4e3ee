import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { record, records, textMap } from "../../model/json";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";

/** Label selectors of an aggregated ClusterRole, any of which may match; empty = not aggregated. */
export function listAggregationSelectors(role: KubeObject): readonly unknown[] {
  return records(record(role.body.aggregationRule).clusterRoleSelectors);
}

/** By the `roleKey` of each aggregated role, the keys of the ClusterRoles that it takes its rules from, itself perhaps among them. */
export type SourceRoles = ReadonlyMap<string, readonly string[]>;

/** In the order of the aggregation controller: by selector, then by name. Roles with the same selectors share one list. */
export function findSourceRoles(roles: ReadonlyMap<string, IndexedRole>): SourceRoles {
  const others = [...roles].filter(([, { object }]) => object.ref.kind === "ClusterRole");
  others.sort(([, a], [, b]) => (a.object.ref.name < b.object.ref.name ? -1 : 1));
  const labelled = Map.groupBy(
    others.flatMap((one) => Object.entries(one[1].object.labels).map((label) => ({ one, label: label.join("=") }))),
    ({ label }) => label,
  );
  /** Of those that a selector names by a label, only the ones that have it are looked at. */
  const candidatesOf = (selector: unknown) => {
    const [label] = Object.entries(textMap(record(selector).matchLabels));
    return label ? (labelled.get(label.join("=")) ?? []).map(({ one }) => one) : others;
  };
  const known = new Map<string, readonly string[]>();
  const select = (selectors: readonly unknown[]): readonly string[] => {
    const text = JSON.stringify(selectors);
    let keys = known.get(text);
    if (!keys) {
      const found = selectors.flatMap((selector) => candidatesOf(selector).filter(([, { object }]) => matchesSelector(selector, object.labels)));
      known.set(text, (keys = [...new Set(found.map(([key]) => key))]));
    }
    return keys;
  };
  const sources = new Map<string, readonly string[]>();
  for (const [key, { object }] of roles) {
    const selectors = listAggregationSelectors(object);
    if (selectors.length > 0) sources.set(key, select(selectors));
  }
  return sources;
}

/** These roles, and all that bring rules to them, however far down. */
export function withSources(keys: Iterable<string>, sources: SourceRoles): Set<string> {
  const reached = new Set(keys);
  const walked = new Set<readonly string[]>();
  for (const key of reached) {
    const list = sources.get(key);
    if (!list || walked.has(list)) continue;
    walked.add(list);
    for (const source of list) reached.add(source);
  }
  return reached;
}

function ruleText(rule: PolicyRule): string {
  return JSON.stringify([rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs]);
}

const NOTHING: readonly string[] = [];

/** What is known of roles while they are joined: rules may still be missing. */
interface KnownRoles {
  readonly roles: ReadonlyMap<string, IndexedRole>;
  readonly sources: SourceRoles;
}

/**
 * Comes once by each role that brings rules to one, however many ways lead to it: roles that all take rules from each other have more ways than can be
 * walked. `enter` goes first, and says whether what that role takes itself comes next; `leave` goes after it.
 */
function walkSources(
  key: string,
  { roles, sources }: KnownRoles,
  { enter, leave }: { readonly enter?: (source: IndexedRole) => boolean; readonly leave?: (source: IndexedRole) => void },
): void {
  const seen = new Set([key]);
  const walked = new Set<readonly string[]>();
  // On a stack of its own: roles that take from each other one by one may be more than calls can be nested.
  const steps: { readonly role: IndexedRole | null; readonly list: readonly string[]; at: number }[] = [
    { role: null, list: sources.get(key) ?? NOTHING, at: 0 },
  ];
  for (let step = steps.at(-1); step; step = steps.at(-1)) {
    const { role, list } = step;
    const one = walked.has(list) ? undefined : list[step.at]; // walked by a role among them that takes the same
    step.at += 1;
    if (one === undefined) {
      walked.add(list);
      steps.pop();
      if (role) leave?.(role);
      continue;
    }
    const source = roles.get(one);
    if (!source || seen.has(one)) continue;
    seen.add(one);
    steps.push({ role: source, list: enter?.(source) === false ? NOTHING : (sources.get(one) ?? NOTHING), at: 0 });
  }
}

/** What the aggregation controller would write into `rules`: for manifests, where it has not run. */
export function collectSourceRules(key: string, known: KnownRoles): readonly PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  walkSources(key, known, {
    enter(source) {
      for (const rule of source.rules) rules.set(ruleText(rule), rule);
      return source.rules.length === 0;
    },
  });
  return [...rules.values()];
}

/** For each rule of an aggregated role, the role that brought it, through other aggregated roles; undefined = its own or unknown. */
export function findRuleSources(role: IndexedRole, key: string, known: KnownRoles): readonly (IndexedRole | undefined)[] {
  const origin = new Map<string, IndexedRole>();
  walkSources(key, known, {
    leave(source) {
      for (const rule of source.rules) {
        const text = ruleText(rule);
        if (!origin.has(text)) origin.set(text, source);
      }
    },
  });
  return role.rules.map((rule) => origin.get(ruleText(rule)));
}
