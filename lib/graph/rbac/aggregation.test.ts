import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { clusterRole } from "../../inventory/testing";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { fillAggregated, findSourceRoles } from "./aggregation";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";

const READS: PolicyRule = { verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: [], nonResourceURLs: [] };

function linkOf(at: number, last: number): IndexedRole {
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { link: String(at + 1) } }] };
  const body = { ...clusterRole({ name: `link-${at}`, metadata: { labels: { link: String(at) } } }), ...(at < last && { aggregationRule }) };
  return { object: toKubeObject(body, () => "workload"), rules: at < last ? [] : [READS] };
}

/** Roles of which each takes its rules from the next. */
function chainOf(length: number): Map<string, IndexedRole> {
  return new Map(Array.from({ length }, (_, at) => [`ClusterRole link-${at}`, linkOf(at, length - 1)]));
}

test.each([
  ["has rules", 10_000, [READS]],
  ["is not there", 9_999, []],
])("roles that take their rules from each other, one by one, are followed to the last, which %s, in time", (_, count, rules) => {
  const all = chainOf(10_000);
  const roles = new Map([...all].slice(0, count));
  const sources = findSourceRoles(roles);
  const cpuMs = countCpuMs();
  fillAggregated(roles, sources);
  expect(cpuMs()).toBeLessThan(2_000);
  expect([...roles.values()].filter((role) => JSON.stringify(role.rules) !== JSON.stringify(rules))).toEqual([]);
});

test("roles that take from themselves, and from each other in a ring, have the rules of all, wherever one begins", () => {
  const sources = new Map([
    ["ClusterRole link-0", ["ClusterRole link-0", "ClusterRole link-1"]],
    ["ClusterRole link-1", ["ClusterRole link-0", "ClusterRole link-2"]],
  ]);
  for (const order of [chainOf(3), new Map([...chainOf(3)].toReversed())]) {
    fillAggregated(order, sources);
    expect([...order.values()].map(({ rules }) => rules)).toEqual([[READS], [READS], [READS]]);
  }
});

test("a role that takes from roles with one of some values takes from those with an empty one, where that is written as null", () => {
  const aggregationRule = { clusterRoleSelectors: [{ matchExpressions: [{ key: "link", operator: "In", values: [null, "x"] }] }] };
  const bodies = [{ ...clusterRole({ name: "all" }), aggregationRule }, clusterRole({ name: "part", metadata: { labels: { link: null } } })];
  const objects = bodies.map((body) => toKubeObject(body, () => "workload"));
  const roles = new Map(objects.map((object) => [`ClusterRole ${object.ref.name}`, { object, rules: [] }]));
  expect(findSourceRoles(roles)).toEqual(new Map([["ClusterRole all", ["ClusterRole part"]]]));
});
