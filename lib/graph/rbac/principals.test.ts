import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { principalsView } from "./principals";
import { rule } from "./testing";

const LABELS = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const masters = { kind: "Group", name: "system:masters" };
const admin = clusterRole({ name: "cluster-admin", labels: LABELS, rules: [rule("*", ["*"], ["*"]), { nonResourceURLs: ["*"], verbs: ["*"] }] });
const shipped = (subjects: object[]) =>
  clusterRoleBinding({ name: "cluster-admin", labels: LABELS, roleRef: { kind: "ClusterRole", name: "cluster-admin" }, subjects });

function list(...objects: Parameters<typeof createTestContext>[0][number][]) {
  return createTestContext(objects)
    .view(principalsView)
    .map((p) => `${p.identity.kind} ${p.identity.name} ${p.reach} ${p.scope} ${p.grants.length}`);
}

test("an identity is one principal for each reach, however it is named", () => {
  const user = { kind: "User", name: "system:serviceaccount:shop:app" };
  expect(list(role(), roleBinding(), roleBinding({ name: "two", subjects: [user] }), clusterRole(), clusterRoleBinding())).toEqual([
    "ServiceAccount app cluster workload 1",
    "ServiceAccount app namespaced workload 2",
  ]);
});

test("somebody whom a binding names many times holds its rules once", () => {
  const user = { kind: "User", name: "system:serviceaccount:shop:app" };
  const account = { kind: "ServiceAccount", namespace: "shop", name: "app" };
  expect(list(clusterRole(), clusterRoleBinding({ subjects: [user, account, user, user] }))).toEqual(["ServiceAccount app cluster workload 1"]);
});

test("whoever holds only what Kubernetes ships is platform", () => {
  expect(list(admin, shipped([masters]))).toEqual(["Group system:masters cluster platform 2"]);
});

test("an entry that was added to a shipped binding is not shipped", () => {
  expect(list(admin, shipped([masters, { kind: "User", name: "eve" }]))).toContain("User eve cluster workload 2");
});

test("shipped grants are left out beside others", () => {
  const more = [clusterRole(), clusterRoleBinding({ subjects: [masters] })];
  expect(list(admin, shipped([masters]), ...more)).toEqual(["Group system:masters cluster workload 1"]);
});

test("accounts of platform namespaces are platform", () => {
  expect(list(clusterRole(), clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", namespace: "kube-system", name: "cni" }] }))).toEqual([
    "ServiceAccount cni cluster platform 1",
  ]);
});

test("entries without a name, a kind or a place reach nobody", () => {
  const subjects = [{ kind: "User" }, { name: "x" }, { kind: "ServiceAccount", name: "x" }, "odd", null];
  expect(list(clusterRole(), clusterRoleBinding({ subjects }))).toEqual([]);
});

test("a rule of an aggregated role names the role that it came from", () => {
  const source = clusterRole({ name: "source", labels: { into: "whole" }, rules: [rule("", ["secrets"], ["get"])] });
  const whole = clusterRole({
    name: "whole",
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { into: "whole" } }] },
    rules: [rule("", ["pods"], ["get"]), rule("", ["secrets"], ["get"])],
  });
  const [principal] = createTestContext([source, whole, clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "whole" } })]).view(principalsView);
  expect(principal?.grants.map((grant) => grant.sourceRole?.name)).toEqual([undefined, "source"]);
});

test("an aggregated role of manifests, without rules yet, has those of its sources; cycles end", () => {
  const selectors = (value: string) => ({ aggregationRule: { clusterRoleSelectors: [{ matchLabels: { into: value } }] }, rules: [] });
  const a = clusterRole({ name: "a", labels: { into: "b" }, ...selectors("a") });
  const b = clusterRole({ name: "b", labels: { into: "a" }, ...selectors("b") });
  const source = clusterRole({ name: "source", labels: { into: "a" } });
  expect(list(a, b, source, clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "a" } }))).toEqual(["ServiceAccount app cluster workload 1"]);
});

test("roles that all take rules from each other are read once each, not by every way that leads to them", () => {
  const tangled = Array.from({ length: 40 }, (_, i) =>
    clusterRole({ name: `tangled-${i}`, labels: { into: "all" }, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { into: "all" } }] }, rules: [] }),
  );
  const source = clusterRole({ name: "source", labels: { into: "all" }, rules: [rule("", ["secrets"], ["get"])] });
  const binding = clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "tangled-0" } });
  const [principal] = createTestContext([...tangled, source, binding]).view(principalsView);
  expect(principal?.grants.map(({ rule: { resources }, sourceRole }) => `${sourceRole?.name}: ${resources.join()}`)).toEqual(["source: secrets"]);
});

test("it has them in the order in which the aggregation controller writes them: by selector, then by name, each once", () => {
  const source = (name: string, into: string, ...resources: string[]) =>
    clusterRole({ name, labels: { into }, rules: resources.map((resource) => rule("", [resource], ["get"])) });
  const whole = clusterRole({
    name: "whole",
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { into: "second" } }, { matchLabels: { into: "first" } }] },
    rules: [],
  });
  const sources = [source("b", "second", "pods", "secrets"), source("z", "first", "nodes", "pods"), source("a", "second", "services", "pods")];
  const context = createTestContext([whole, ...sources, clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "whole" } })]);
  const [principal] = context.view(principalsView);
  expect(principal?.grants.map(({ rule: { resources }, sourceRole }) => `${sourceRole?.name}: ${resources.join()}`)).toEqual([
    "a: services",
    "a: pods",
    "b: secrets",
    "z: nodes",
  ]);
});
