import { expect, test } from "vitest";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { rbacIndexView } from "./rbac-index";
import { createTestContext, rule } from "./testing";
import { listWhoCan, type WhoCanQuestion } from "./who-can";

const world = [
  clusterRole({ rules: [rule("", ["secrets"], ["get"])] }),
  clusterRoleBinding({ subjects: [{ kind: "Group", name: "ops" }] }),
  role({ rules: [rule("", ["secrets"], ["get"], ["app-tls"])] }),
  roleBinding({ subjects: [{ kind: "User", name: "jane" }, { kind: "Group", name: "ops" }] }),
];

function ask(part: Partial<WhoCanQuestion>): readonly string[] {
  const question = { verb: "get", group: "", resource: "secrets", namespace: "shop", ...part };
  return listWhoCan(createTestContext(world).view(rbacIndexView), question).map((holder) => `${holder.identity.name} ${holder.reach} ${holder.pathCount}`);
}

test("everybody with some way to it is listed, with the widest reach", () => {
  expect(ask({})).toEqual(["ops cluster 2", "jane namespace 1"]);
});

test("a name narrows rules that name others", () => {
  expect(ask({ name: "other" })).toEqual(["ops cluster 1"]);
});

test("in the whole cluster only cluster-wide bindings count", () => {
  expect(ask({ namespace: null })).toEqual(["ops cluster 1"]);
  expect(ask({ namespace: "elsewhere" })).toEqual(["ops cluster 1"]);
});

test("nobody can what no rule allows", () => {
  expect(ask({ verb: "delete" })).toEqual([]);
});
