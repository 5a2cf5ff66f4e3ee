import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { clusterRole } from "../../inventory/testing";
import { countCpuMs } from "../../model/testing-cpu-ms";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";
import { RuleOrigins } from "./rule-origins";

const ruleOn = (resource: string): PolicyRule => ({ verbs: ["get"], apiGroups: [""], resources: [resource], resourceNames: [], nonResourceURLs: [] });

/** Name -> what it has rules on, and whom it takes them from. */
function originsOf(graph: Readonly<Record<string, readonly [rules: string, takes?: string]>>) {
  const words = (text: string) => text.split(" ").filter((word) => word !== "");
  const roles = new Map(
    Object.entries(graph).map(([name, [rules]]): [string, IndexedRole] => [
      name,
      { object: toKubeObject(clusterRole({ name }), () => "workload"), rules: words(rules).map(ruleOn) },
    ]),
  );
  const sources = new Map(Object.entries(graph).flatMap(([name, [, takes]]) => (takes === undefined ? [] : [[name, words(takes)] as const])));
  const origins = new RuleOrigins({ roles, sources });
  return (name: string) => origins.find(name).map((role) => role?.object.ref.name ?? null);
}

test("a rule comes from the role that wrote it, through others that take it, and by the first of two ways", () => {
  const find = originsOf({
    all: ["pods nodes jobs", "left right"],
    left: ["pods jobs", "writer"],
    right: ["pods nodes", "reader writer"],
    writer: ["pods jobs"],
    reader: ["nodes pods"],
  });
  expect(find("all")).toEqual(["writer", "reader", "writer"]);
  expect(find("right")).toEqual(["reader", "reader"]);
});

test("a rule that none of its sources has is its own or unknown", () => {
  const find = originsOf({ top: ["pods nodes", "below top"], below: ["pods"] });
  expect(find("top")).toEqual(["below", null]);
  expect(find("below")).toEqual([]);
});

test("roles that take from each other have their rules from the one outside who wrote them, whichever is asked first", () => {
  const graph = { one: ["pods", "two"], two: ["pods", "one writer"], writer: ["pods"] } as const;
  for (const order of [
    ["one", "two"],
    ["two", "one"],
  ]) {
    const find = originsOf(graph);
    expect(order.map((name) => find(name)[0])).toEqual(["writer", "writer"]);
  }
});

test("what began nobody knows where among such roles is told of one that the API server does not ship", () => {
  const find = originsOf({ admin: ["pods", "edit"], edit: ["pods", "evil"], evil: ["pods", "edit"] });
  expect([find("admin"), find("edit"), find("evil")]).toEqual([["evil"], ["evil"], ["edit"]]);
});

test.each(["row", "ring"])("10,000 roles in a %s are walked once", (shape) => {
  const entries = Array.from({ length: 10_000 }, (_, i): [string, readonly [string, string?]] => {
    const isLast = shape === "row" && i === 9_999;
    return [`role-${i}`, isLast ? ["pods"] : ["pods", `role-${(i + 1) % 10_000}`]];
  });
  const find = originsOf(Object.fromEntries(entries));
  const cpuMs = countCpuMs();
  const found = entries.map(([name]) => find(name)[0]);
  expect(new Set(found.slice(0, 9_999)).size).toBeLessThan(3);
  // Some tens of milliseconds; walked anew from each, a minute.
  expect(cpuMs()).toBeLessThan(2_500);
});

test("what one role takes from 10,000, of which each has a rule of its own, is not copied for each", () => {
  const entries = Array.from({ length: 10_000 }, (_, i): [string, readonly [string]] => [`role-${i}`, [`thing-${i}`]]);
  const rules = entries.map(([, [rule]]) => rule).join(" ");
  const find = originsOf({ all: [rules, entries.map(([name]) => name).join(" ")], ...Object.fromEntries(entries) });
  const cpuMs = countCpuMs();
  expect(find("all")).toEqual(entries.map(([name]) => name));
  // Some tens of milliseconds; copied for each, half a minute.
  expect(cpuMs()).toBeLessThan(2_500);
});
