import { expect, test } from "vitest";
import type { Grant, PolicyRule } from "@/lib/graph/rbac/principal";
import { toRightPath } from "./to-right-path";

const ref = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", namespace: null, name: "x" };
const grantOf = (rule: Partial<PolicyRule>): Grant => ({
  binding: ref,
  subjectIndex: 0,
  role: ref,
  ruleIndex: 0,
  namespace: null,
  rule: { verbs: ["*"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [], ...rule },
});

test("a rule is written as kubectl writes its resources", () => {
  expect(toRightPath(grantOf({ apiGroups: ["", "apps"], resources: ["pods", "deployments/scale"] }), null).resources).toEqual([
    "pods",
    "pods.apps",
    "deployments/scale",
    "deployments.apps/scale",
  ]);
  expect(toRightPath(grantOf({ nonResourceURLs: ["*", "/metrics"] }), null).resources).toEqual(["/*", "/metrics"]);
});

test("of an asked right only what was asked for is told, and names only where they limit it", () => {
  const grant = grantOf({ apiGroups: ["*"], resources: ["*"], resourceNames: ["app-tls"] });
  const ask = { verb: "get", group: "", resource: "secrets" };
  expect(toRightPath(grant, null, [{ ask, isNamed: true }])).toMatchObject({ verbs: ["get"], resources: ["secrets"], names: ["app-tls"] });
  expect(toRightPath(grant, null, [{ ask, isNamed: false }]).names).toEqual([]);
});

test("what a RoleBinding cannot give is told apart, whatever its role names", () => {
  const rule = { apiGroups: [""], resources: ["nodes", "pods", "namespaces", "nodes/proxy"] };
  expect(toRightPath({ ...grantOf(rule), namespace: "shop" }, null)).toMatchObject({ resources: ["pods", "namespaces"], inert: ["nodes", "nodes/proxy"] });
  expect(toRightPath(grantOf(rule), null)).toMatchObject({ resources: ["nodes", "pods", "namespaces", "nodes/proxy"], inert: [] });
  const providers = { ...grantOf({ ...rule, apiGroups: ["pkg.crossplane.io", "shop.example"], resources: ["providers"] }), namespace: "shop" };
  expect(toRightPath(providers, null)).toMatchObject({ resources: ["providers.shop.example"], inert: ["providers.pkg.crossplane.io"] });
  expect(toRightPath({ ...grantOf({ nonResourceURLs: ["/metrics"] }), namespace: "shop" }, null)).toMatchObject({ resources: [], inert: ["/metrics"] });
  expect(toRightPath(grantOf({ nonResourceURLs: ["/metrics"] }), null)).toMatchObject({ resources: ["/metrics"], inert: [] });
});
