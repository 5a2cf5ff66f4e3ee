import { expect, test } from "vitest";
import type { KindCoverage } from "@/lib/model/coverage";
import { findRbacGap } from "./find-rbac-gap";

function read(resource: string, part: Partial<KindCoverage> = {}): KindCoverage {
  return { group: "rbac.authorization.k8s.io", version: "v1", resource, kind: resource, status: "read", objects: 1, ...part };
}
const all = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"];
const kinds = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];

test("an answer needs every kind of role and binding", () => {
  expect(findRbacGap(all.map((resource) => read(resource)))).toBeNull();
  for (const [index, missing] of all.entries())
    expect(findRbacGap(all.filter((resource) => resource !== missing).map((resource) => read(resource)))?.reason).toBe(
      `${kinds[index]} objects could not be read in this snapshot.`,
    );
});

test("a gap tells its reason and the action that closes it", () => {
  const coverage = all.map((resource) =>
    resource.endsWith("bindings")
      ? read(resource, { status: "forbidden", reason: "The API server refused it.", action: "kubectl apply -f grant.yaml" })
      : read(resource),
  );
  expect(findRbacGap(coverage)).toEqual({
    reason: "RoleBinding and ClusterRoleBinding objects could not be read in this snapshot. The API server refused it.",
    action: "kubectl apply -f grant.yaml",
  });
});

test("roles of another API group do not count", () => {
  expect(findRbacGap(all.map((resource) => read(resource, { group: "idp.example" })))?.reason).toContain(
    "Role, ClusterRole, RoleBinding and ClusterRoleBinding objects",
  );
});
