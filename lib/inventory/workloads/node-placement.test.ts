import { expect, test } from "vitest";
import type { KubeObject } from "../kube-object";
import { toKubeObject } from "../kube-object";
import { isControlPlaneNode, isPlaceable, listControlPlaneTolerations } from "./node-placement";

function node(labels: Record<string, string>, spec: unknown = {}): KubeObject {
  return toKubeObject({ apiVersion: "v1", kind: "Node", metadata: { name: "n1", labels }, spec }, () => "workload");
}

function affinity(...terms: unknown[]) {
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } };
}

test("a node of the control plane is known by its label or its taint", () => {
  expect(isControlPlaneNode(node({ "node-role.kubernetes.io/master": "" }))).toBe(true);
  expect(isControlPlaneNode(node({}, { taints: [null, { key: "node-role.kubernetes.io/control-plane" }] }))).toBe(true);
  expect(isControlPlaneNode(node({}, { taints: "x" }))).toBe(false);
  expect(isControlPlaneNode(node({ "kubernetes.io/os": "linux" }, { taints: [{ key: "gpu", effect: "NoSchedule" }] }))).toBe(false);
});

test("terms of an affinity are alternatives, their expressions all hold", () => {
  const big = node({ cpus: "32", zone: "a" });
  expect(
    isPlaceable(
      affinity({
        matchExpressions: [
          { key: "cpus", operator: "Gt", values: ["16"] },
          { key: "zone", operator: "In", values: ["a"] },
        ],
      }),
      big,
    ),
  ).toBe(true);
  expect(
    isPlaceable(
      affinity(
        { matchExpressions: [{ key: "cpus", operator: "Lt", values: ["16"] }] },
        { matchFields: [{ key: "metadata.name", operator: "In", values: ["n2"] }] },
      ),
      big,
    ),
  ).toBe(false);
  expect(isPlaceable(affinity({}), big)).toBe(false);
  expect(isPlaceable({ nodeSelector: { zone: "b" } }, big)).toBe(false);
  expect(isPlaceable({ affinity: "x" }, big)).toBe(true);
});

test("a toleration with a value of its own does not lift the taint, which has none", () => {
  const key = "node-role.kubernetes.io/control-plane";
  const tainted = node({}, { taints: [{ key, effect: "NoSchedule" }] });
  const lifts = (...tolerations: unknown[]) => listControlPlaneTolerations({ tolerations }, tainted).map(({ index }) => index);
  expect(lifts({ key, operator: "Equal", value: "yes" }, { operator: "Equal" }, {}, "x")).toEqual([]);
  expect(lifts({ key, effect: "NoExecute", operator: "Exists" }, { key, effect: "" }, { operator: "Exists" })).toEqual([1, 2]);
});

test("without its nodes, the usual taints are taken", () => {
  expect(listControlPlaneTolerations({ tolerations: [{ key: "node-role.kubernetes.io/master" }] }, null)).toHaveLength(1);
});
