import { expect, it } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { type AccessQuestion, answerAccess } from "./answer-access";
import { buildRbacIndex } from "./rbac-index";
import { allow } from "./testing";

const toObject = (body: Parameters<typeof toKubeObject>[0]) => toKubeObject(body, () => "workload");

function isAllowed(resources: readonly string[], question: Partial<AccessQuestion>): boolean | null {
  const index = buildRbacIndex([toObject(clusterRole(allow("", resources, ["get"])))], [toObject(clusterRoleBinding())]);
  return answerAccess(index, { kind: "access", user: "system:serviceaccount:shop:app", verb: "get", ...question }, true).allowed;
}

it("takes a slash in the resource of a question for a part of its name, as the API server does", () => {
  const asked = [{ resource: "pods/log" }, { resource: "pods", subresource: "log" }, { resource: "pods/log", subresource: "x" }];
  const answers = (...resources: string[]) => asked.map((question) => isAllowed(resources, question));
  expect(answers("pods/log")).toEqual([true, true, false]);
  expect(answers("*/log")).toEqual([false, true, false]);
  expect(answers("*/x", "*/log/x")).toEqual([false, false, true]);
  expect(answers("*/log/x")).toEqual([false, false, false]);
});

it("reads null among the values of a rule as the empty string, as the API server does: the core group, and the name of a request without a name", () => {
  const isGiven = (names: readonly unknown[], question: Partial<AccessQuestion>) => {
    const rules = [{ verbs: ["get"], apiGroups: [null], resources: ["pods"], resourceNames: names }];
    const index = buildRbacIndex([toObject(clusterRole({ rules }))], [toObject(clusterRoleBinding())]);
    return answerAccess(index, { kind: "access", user: "system:serviceaccount:shop:app", verb: "get", resource: "pods", ...question }, true).allowed;
  };
  expect([isGiven([], { name: "a" }), isGiven([], { group: "apps" })]).toEqual([true, false]);
  expect([isGiven([null], {}), isGiven([null], { name: "a" }), isGiven([null, "a"], { name: "a" })]).toEqual([true, false, true]);
});
