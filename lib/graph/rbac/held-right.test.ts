import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { rule } from "./testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { findHeldRights, findNamedRights, listNamed } from "./held-right";
import { principalsView } from "./principals";

const GROUP = "security.istio.io";

function grantsOf(rules: readonly ReturnType<typeof rule>[]) {
  const [principal] = createTestContext([clusterRole({ rules }), clusterRoleBinding()]).view(principalsView);
  return principal?.grants ?? [];
}

function askNamed(rules: readonly ReturnType<typeof rule>[]): readonly string[] {
  const grants = grantsOf(rules);
  return findNamedRights(grants, ["update"], GROUP, listNamed(grants, GROUP)).map(({ grant, ask }) => `${grant.ruleIndex} ${ask.resource}`);
}

test("a rule for requests without a name gives those alone", () => {
  const reachOf = (verb: string, ...names: readonly string[]) =>
    findHeldRights(grantsOf([rule("", ["secrets"], [verb], names)]), [{ verbs: [verb], group: "", resources: ["secrets"] }]).map(({ isNamed }) => isNamed);
  expect(["create", "list", "get", "update", "escalate"].map((verb) => reachOf(verb, ""))).toEqual([[false], [false], [], [], [true]]);
  expect(["create", "list", "get", "update"].map((verb) => reachOf(verb, "", "app"))).toEqual([[false], [false], [true], [true]]);
});

test("kinds that a rule names in a group are found with other rules that name them, in whatever group", () => {
  expect(askNamed([rule(GROUP, ["filters"], ["get"]), rule("*", ["filters", "pods"], ["update"]), rule("", ["filters"], ["update"])])).toEqual(["1 filters"]);
});

test("rules for all resources are not multiplied with the kinds that others name", () => {
  const foundOf = (count: number) => {
    const named = Array.from({ length: count }, (_, i) => rule(GROUP, [`kind${i}`, `kind${i}`], ["update"]));
    return askNamed([...named, ...named.map(() => rule("*", ["*"], ["update"]))]).length;
  };
  expect([foundOf(100), foundOf(200)]).toEqual([100, 200]);
});
