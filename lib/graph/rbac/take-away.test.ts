import { expect, test } from "vitest";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { ASKS } from "./rights-asks";
import { findHeldRights } from "./held-right";
import { toCapabilityWeaknesses } from "./capability-weakness";
import { principalsView } from "./principals";
import { takeAway } from "./take-away";
import { createTestContext, rule } from "./testing";

function patchOf(...objects: Parameters<typeof createTestContext>[0][number][]) {
  const context = createTestContext(objects);
  const principal = context.view(principalsView)[0];
  if (!principal) return null;
  const rights = findHeldRights(principal.grants, ASKS.secretRead).map((right) => ({ ...right, severity: "high" as const }));
  return takeAway(principal, toCapabilityWeaknesses(rights), context);
}

test("the resource leaves a rule that names others too", () => {
  expect(patchOf(role({ rules: [rule("", ["pods", "secrets"], ["get"])] }), roleBinding())?.ops).toEqual([
    { op: "set", path: "rules[0].resources", value: ["pods"] },
  ]);
});

test("only the verbs leave a rule about nothing else", () => {
  expect(patchOf(role({ rules: [rule("", ["secrets"], ["get", "create"])] }), roleBinding())?.ops).toEqual([
    { op: "set", path: "rules[0].verbs", value: ["create"] },
  ]);
});

test("a rule of which nothing is left goes", () => {
  expect(patchOf(role({ rules: [rule("", ["secrets"], ["get"])] }), roleBinding())?.ops).toEqual([{ op: "remove", path: "rules[0]" }]);
});

test("a role that others are bound to is left alone: the subject leaves the binding", () => {
  const shared = role({ rules: [rule("", ["secrets"], ["get"])] });
  const subjects = [
    { kind: "User", name: "jane" },
    { kind: "User", name: "joe" },
  ];
  const patch = patchOf(shared, roleBinding({ subjects }), roleBinding({ name: "two", subjects: [{ kind: "Group", name: "ops" }] }));
  expect(patch?.target?.kind).toBe("RoleBinding");
  expect(patch?.ops).toEqual([{ op: "remove", path: "subjects[0]" }]);
});

test("a binding that would bind nobody is deleted", () => {
  const patch = patchOf(clusterRole({ rules: [rule("*", ["*"], ["*"])] }), clusterRoleBinding());
  expect(patch?.ops).toEqual([]);
  expect(patch?.remove?.map((ref) => ref.name)).toEqual(["app"]);
});

test("several bindings with others in them are made again without the subject", () => {
  const subjects = [
    { kind: "User", name: "jane" },
    { kind: "User", name: "joe" },
  ];
  const patch = patchOf(role({ rules: [rule("", ["*"], ["*"])] }), roleBinding({ subjects }), roleBinding({ name: "two", subjects }));
  expect(patch?.remove?.length).toBe(2);
  expect(patch?.create?.map((object) => object.subjects)).toEqual([[subjects[1]], [subjects[1]]]);
});
