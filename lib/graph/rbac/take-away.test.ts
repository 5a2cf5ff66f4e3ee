import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { ASKS } from "./rights-asks";
import { findHeldRights } from "./held-right";
import { toCapabilityWeaknesses } from "./capability-weakness";
import { principalsView } from "./principals";
import { takeAway } from "./take-away";
import { rule } from "./testing";

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

test("several bindings with others in them are applied without the subject, and none of them is deleted on the way", () => {
  const subjects = [
    { kind: "User", name: "jane" },
    { kind: "User", name: "joe" },
  ];
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", "rbac.authorization.kubernetes.io/autoupdate": "false" };
  const two = roleBinding({ name: "two", uid: "2", annotations, subjects });
  const patch = patchOf(role({ rules: [rule("", ["*"], ["*"])] }), roleBinding({ subjects }), two);
  expect(patch?.remove).toBeUndefined();
  expect(patch?.create?.[1]?.metadata).toEqual({ name: "two", namespace: "shop", annotations: { "rbac.authorization.kubernetes.io/autoupdate": "false" } });
  expect(patch?.create?.map((object) => object.subjects)).toEqual([[subjects[1]], [subjects[1]]]);
});

test("somebody whom a binding names more than once leaves it with every entry", () => {
  const [jane, joe] = ["jane", "joe"].map((name) => ({ kind: "User", name }));
  const secrets = clusterRole({ rules: [rule("", ["secrets"], ["*"]), rule("*", ["*"], ["*"])] });
  expect(patchOf(secrets, clusterRoleBinding({ subjects: [jane, joe, jane] }))?.ops).toEqual([
    { op: "remove", path: "subjects[0]" },
    { op: "remove", path: "subjects[2]" },
  ]);
  expect(patchOf(secrets, clusterRoleBinding({ subjects: [jane, jane] }))?.remove).toHaveLength(1);
});
