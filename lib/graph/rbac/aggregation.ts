import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { record, records } from "../../model/json";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";

/** Label selectors of an aggregated ClusterRole, any of which may match; empty = not aggregated. */
export function listAggregationSelectors(role: KubeObject): readonly unknown[] {
  return records(record(role.body.aggregationRule).clusterRoleSelectors);
}

/** The ClusterRoles that an aggregated role takes its rules from, in the order of the aggregation controller: by selector, then by name. */
export function listSourceRoles(role: IndexedRole, roles: ReadonlyMap<string, IndexedRole>): readonly IndexedRole[] {
  const selectors = listAggregationSelectors(role.object);
  if (selectors.length === 0) return [];
  const others = [...roles.values()].filter(({ object }) => object.ref.kind === "ClusterRole" && object !== role.object);
  const found = selectors.flatMap((selector) =>
    others.filter(({ object }) => matchesSelector(selector, object.labels)).sort((a, b) => (a.object.ref.name < b.object.ref.name ? -1 : 1)),
  );
  return [...new Set(found)];
}

function ruleText(rule: PolicyRule): string {
  return JSON.stringify([rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs]);
}

/**
 * What the aggregation controller would write into `rules`: for manifests, where it has not run. Each role is looked at once, however many ways
 * lead to it: roles that all take rules from each other have more ways than can be walked.
 */
export function collectSourceRules(role: IndexedRole, roles: ReadonlyMap<string, IndexedRole>): readonly PolicyRule[] {
  const seen = new Set([role.object]);
  const rules = new Map<string, PolicyRule>();
  const visit = (current: IndexedRole): void => {
    for (const source of listSourceRoles(current, roles)) {
      if (seen.has(source.object)) continue;
      seen.add(source.object);
      for (const rule of source.rules) rules.set(ruleText(rule), rule);
      if (source.rules.length === 0) visit(source);
    }
  };
  visit(role);
  return [...rules.values()];
}

/** For each rule of an aggregated role, the role that brought it, through other aggregated roles; undefined = its own or unknown. */
export function findRuleSources(role: IndexedRole, roles: ReadonlyMap<string, IndexedRole>): readonly (IndexedRole | undefined)[] {
  const seen = new Set([role.object]);
  const origin = new Map<string, IndexedRole>();
  const visit = (current: IndexedRole): void => {
    for (const source of listSourceRoles(current, roles)) {
      if (seen.has(source.object)) continue;
      seen.add(source.object);
      visit(source);
      for (const rule of source.rules) {
        const key = ruleText(rule);
        if (!origin.has(key)) origin.set(key, source);
      }
    }
  };
  visit(role);
  return role.rules.map((rule) => origin.get(ruleText(rule)));
}
