import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { clusterRole } from "../../inventory/testing";
import { collectSourceRules, findRuleSources, findSourceRoles } from "./aggregation";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";

const READS: PolicyRule = { verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: [], nonResourceURLs: [] };

function linkOf(at: number, last: number): IndexedRole {
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { link: String(at + 1) } }] };
  const body = { ...clusterRole({ name: `link-${at}`, metadata: { labels: { link: String(at) } } }), ...(at < last && { aggregationRule }) };
  return { object: toKubeObject(body, () => "workload"), rules: at < last ? [] : [READS] };
}

/** Roles of which each takes its rules from the next. */
function chainOf(length: number): ReadonlyMap<string, IndexedRole> {
  return new Map(Array.from({ length }, (_, at) => [`ClusterRole link-${at}`, linkOf(at, length - 1)]));
}

test("roles that take their rules from each other, one by one, are followed to the last, however many they are", () => {
  const roles = chainOf(20_000);
  const known = { roles, sources: findSourceRoles(roles) };
  const key = "ClusterRole link-0";
  expect(collectSourceRules(key, known)).toEqual([READS]);
  const first = roles.get(key);
  const [source] = first ? findRuleSources({ ...first, rules: [READS] }, key, known) : [];
  expect(source?.object.ref.name).toBe("link-19999");
});

test("roles that take from themselves, and from each other in a ring, are followed once", () => {
  const ring = new Map(chainOf(3));
  const sources = new Map([
    ["ClusterRole link-0", ["ClusterRole link-0", "ClusterRole link-1"]],
    ["ClusterRole link-1", ["ClusterRole link-0", "ClusterRole link-2"]],
  ]);
  expect(collectSourceRules("ClusterRole link-0", { roles: ring, sources })).toEqual([READS]);
});
