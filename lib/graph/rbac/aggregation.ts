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

/** Where walks have been: one that several share comes by no role twice. */
interface Trail {
  readonly seen: Set<string>;
  readonly walked: Set<readonly string[]>;
}

interface Visits {
  /** Goes first, and says whether what that role takes itself comes next. */
  readonly enter?: (source: IndexedRole, key: string) => boolean;
  /** Goes after it. */
  readonly leave?: (source: IndexedRole, key: string) => void;
}

/**
 * Comes once by each role that brings rules to one, however many ways lead to it: roles that all take rules from each other have more ways than can be
 * walked.
 */
function walkSources(
  key: string,
  { roles, sources }: KnownRoles,
  { enter, leave }: Visits,
  { seen, walked }: Trail = { seen: new Set(), walked: new Set() },
): void {
  seen.add(key);
  // On a stack of its own: roles that take from each other one by one may be more than calls can be nested.
  const steps: { readonly role: IndexedRole | null; readonly key: string; readonly list: readonly string[]; at: number }[] = [
    { role: null, key, list: sources.get(key) ?? NOTHING, at: 0 },
  ];
  for (let step = steps.at(-1); step; step = steps.at(-1)) {
    const { role, list } = step;
    const one = walked.has(list) ? undefined : list[step.at]; // walked by a role among them that takes the same
    step.at += 1;
    if (one === undefined) {
      walked.add(list);
      steps.pop();
      if (role) leave?.(role, step.key);
      continue;
    }
    const source = roles.get(one);
    if (!source || seen.has(one)) continue;
    seen.add(one);
    steps.push({ role: source, key: one, list: enter?.(source, one) === false ? NOTHING : (sources.get(one) ?? NOTHING), at: 0 });
  }
}

/** What the aggregation controller would write into `rules`. What is known of roles in `filled` is all that they take. */
function collectSourceRules(key: string, known: KnownRoles, filled: ReadonlySet<string>): readonly PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  walkSources(key, known, {
    enter(source, at) {
      for (const rule of source.rules) rules.set(ruleText(rule), rule);
      return source.rules.length === 0 && !filled.has(at);
    },
  });
  return [...rules.values()];
}

/**
 * Gives aggregated roles without rules those that the aggregation controller would write: for manifests, where it has not run. Those that a role takes
 * its rules from come first: each is filled from its neighbours, and a long row of them is not walked anew from each.
 */
export function fillAggregated(roles: Map<string, IndexedRole>, sources: SourceRoles): void {
  const known = { roles, sources };
  const filled = new Set<string>();
  // Roles with the same selectors take the same rules.
  const rulesOf = new Map<readonly string[], readonly PolicyRule[]>();
  const fill = (role: IndexedRole, key: string): void => {
    const list = sources.get(key);
    if (role.rules.length > 0 || !list || filled.has(key)) return;
    const rules = rulesOf.get(list) ?? collectSourceRules(key, known, filled);
    rulesOf.set(list, rules);
    roles.set(key, { object: role.object, rules });
    filled.add(key);
  };
  const trail: Trail = { seen: new Set(), walked: new Set() };
  for (const [key, role] of [...roles]) {
    if (role.rules.length > 0 || !sources.has(key) || trail.seen.has(key)) continue;
    walkSources(key, known, { enter: (source) => source.rules.length === 0, leave: fill }, trail);
    fill(role, key);
  }
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
