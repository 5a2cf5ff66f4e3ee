import { expect, test } from "vitest";
import { toCiliumLabels } from "./cilium-labels";

const told = (setting: string | null, keys: readonly string[]) => keys.map(toCiliumLabels(setting));

test("by itself Cilium keeps all labels but those of Kubernetes' own and of controllers", () => {
  expect(told("", ["app", "team", "app.kubernetes.io/name", "io.kubernetes.pod.namespace", "io.cilium.k8s.namespace.labels.team"])).toEqual(
    Array(5).fill("kept"),
  );
  expect(told("", ["kubernetes.io/os", "k8s.io/x", "pod-template-hash", "controller-revision-hash", "io.kubernetes.x"])).toEqual(Array(5).fill("dropped"));
  expect(told("", ["statefulset.kubernetes.io/pod-name", "controller-uid"])).toEqual(["unclear", "unclear"]);
  expect(told("", ["beta.kubernetes.io/os", "failure-domain.beta.kubernetes.io/zone", "annotation.x"])).toEqual(Array(3).fill("dropped"));
  // Patterns are about how a key begins.
  expect(told("", ["topology.kubernetes.io/zone", "my-pod-template-hash"])).toEqual(["kept", "kept"]);
});

test("a pattern that takes labels in leaves out all others, and one that leaves some out adds to those", () => {
  expect(told("k8s:app  name", ["app", "application", "name", "team", "app.kubernetes.io/name"])).toEqual(["kept", "kept", "kept", "dropped", "kept"]);
  expect(told("!team k8s:!zone", ["team", "zone", "app", "kubernetes.io/os"])).toEqual(["dropped", "dropped", "kept", "dropped"]);
  expect(told("kubernetes\\.io/os", ["kubernetes.io/os", "kubernetes.io/arch"])).toEqual(["kept", "dropped"]);
  expect(told("reserved:.* app", ["app", "team"])).toEqual(["kept", "dropped"]);
  expect(told("app.*", ["app", "team"])).toEqual(["kept", "dropped"]);
});

test("a pattern that takes the rest of a key is longer than any other", () => {
  // It has to be longer than what leaves the key out.
  expect(told(".*", ["app", "team", "kubernetes.io/os", "pod-template-hash"])).toEqual(["kept", "kept", "kept", "dropped"]);
  expect(told("kube.*", ["kubernetes.io/os", "team"])).toEqual(["kept", "dropped"]);
  expect(told("!team.* team-a app", ["team-a", "app"])).toEqual(["dropped", "kept"]);
});

test("where only some labels are taken in, the service account is none of them unless it is named", () => {
  const account = "io.cilium.k8s.policy.serviceaccount";
  expect(["", "app", `app ${account}`].map((setting) => told(setting, [account])[0])).toEqual(["kept", "dropped", "kept"]);
});

test("what a file of the agent says is not known, but pods are always chosen by namespace", () => {
  expect(told(null, ["io.kubernetes.pod.namespace", "app", "pod-template-hash"])).toEqual(["kept", "unclear", "unclear"]);
});

test("a pattern that is more than the start of a key is not read", () => {
  for (const setting of ["(app|name)", "^app$", "a[bc]", "ap+"]) expect(told(setting, ["app"]), setting).toEqual(["unclear"]);
});
