import { expect, it, test } from "vitest";
import { valueElsewhen } from "./value-elsewhen";

const POD = {
  spec: { hostNetwork: true, containers: [{ name: "side" }, { name: "app", securityContext: { privileged: false }, env: [{ name: "A", value: "1" }] }] },
};
const at = (path: string, more: object = {}) => valueElsewhen(POD, { path, value: "true", message: "", ...more });

it("finds a container by its name, wherever it stands", () => {
  expect(at("spec.containers[0].securityContext.privileged", { container: "app" })).toBe("false");
  expect(at("spec.containers[0].securityContext.privileged", { container: "side" })).toBeNull();
  expect(at("spec.containers[0].securityContext.privileged", { container: "old" })).toBeUndefined();
});

it("reads what has no place in a list", () => {
  expect(at("spec.hostNetwork")).toBe("true");
  expect(at("spec.hostPID")).toBeNull();
});

test.each([
  ["an item that only its place names", "spec.volumes[0].hostPath", {}],
  ["an item in a container", "spec.containers[1].env[0].value", { container: "app" }],
  ["a container without a name", "spec.containers[0].image", {}],
  ["another object", "spec.hostNetwork", { object: { apiVersion: "v1", kind: "Pod", namespace: "a", name: "b" } }],
  ["what only a live pod showed", "spec.hostNetwork", { source: "runtime" }],
  ["the object as a whole", "", {}],
])("tells nothing of %s", (_, path, more) => {
  expect(at(path, more)).toBeUndefined();
});
