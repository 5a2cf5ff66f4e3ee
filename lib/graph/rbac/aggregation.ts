import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { decodedTexts, record, records, text, textMap } from "../../model/json";
import type { IndexedRole } from "./indexed-role";
import { RuleOrigins, type SourceRoles } from "./rule-origins";

/** Label selectors of an aggregated ClusterRole, any of which may match; empty = not aggregated. */
export function listAggregationSelectors(role: KubeObject): readonly unknown[] {
  return records(record(role.body.aggregationRule).clusterRoleSelectors);
}

/** In the order of the aggregation controller: by selector, then by name. Roles with the same selectors share one list. */
export function findSourceRoles(roles: ReadonlyMap<string, IndexedRole>): SourceRoles {
  const others = [...roles].filter(([, { object }]) => object.ref.kind === "ClusterRole");
  others.sort(([, a], [, b]) => (a.object.ref.name < b.object.ref.name ? -1 : 1));
  const labels = others.flatMap((one, at) => Object.entries(one[1].object.labels).map(([key, value]) => ({ one, at, key, value })));
  const byKey = Map.groupBy(labels, ({ key }) => key);
  const byLabel = Map.groupBy(labels, ({ key, value }) => `${key}=${value}`);
  /** Of those that a selector names by a label, only the ones that have it are looked at. */
  const candidatesOf = (selector: unknown) => {
    const { matchLabels, matchExpressions } = record(selector);
    const [label] = Object.entries(textMap(matchLabels));
    if (label) return (byLabel.get(label.join("=")) ?? []).map(({ one }) => one);
    const present = records(matchExpressions).find(({ operator }) => operator === "In" || operator === "Exists");
    if (!present) return others;
    const key = text(present.key) ?? "";
    if (present.operator === "Exists") return (byKey.get(key) ?? []).map(({ one }) => one);
    const named = [...new Set(decodedTexts(present.values))].flatMap((value) => byLabel.get(`${key}=${value}`) ?? []);
    return named.sort((a, b) => a.at - b.at).map(({ one }) => one);
  };
  const known = new Map<string, readonly string[]>();
  const select = (selectors: readonly unknown[]): readonly string[] => {
    const written = JSON.stringify(selectors);
    let keys = known.get(written);
    if (!keys) {
      const found = selectors.flatMap((selector) => candidatesOf(selector).filter(([, { object }]) => matchesSelector(selector, object.labels)));
      known.set(written, (keys = [...new Set(found.map(([key]) => key))]));
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

/**
 * Gives aggregated roles without rules those that the aggregation controller would write: for manifests, where it has not run. What is known of a role
 * with rules is all that it takes.
 */
export function fillAggregated(roles: Map<string, IndexedRole>, sources: SourceRoles): void {
  const empty = new Map([...sources].filter(([key]) => roles.get(key)?.rules.length === 0));
  const origins = new RuleOrigins({ roles: new Map(roles), sources: empty });
  for (const [key, list] of empty) {
    const role = roles.get(key);
    if (role) roles.set(key, { object: role.object, rules: origins.collect(list) });
  }
}
