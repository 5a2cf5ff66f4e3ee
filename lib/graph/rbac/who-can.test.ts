import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { rbacIndexView } from "./rbac-index";
import { rule } from "./testing";
import { listWhoCan } from "./who-can";

const world = [
  clusterRole({ rules: [rule("", ["secrets"], ["get"])] }),
  clusterRoleBinding({ subjects: [{ kind: "Group", name: "ops" }] }),
  role({ rules: [rule("", ["secrets"], ["get"], ["app-tls"])] }),
  roleBinding({
    subjects: [
      { kind: "User", name: "jane" },
      { kind: "Group", name: "ops" },
    ],
  }),
];

function ask(
  {
    verb = "get",
    resource = "secrets",
    group = "",
    ...part
  }: { readonly verb?: string; readonly resource?: string; readonly group?: string; readonly namespace?: string | null; readonly name?: string },
  objects = world,
): readonly string[] {
  const question = { asks: [{ verbs: verb.split(","), group, resources: [resource] }], namespace: "shop", ...part };
  return listWhoCan(createTestContext(objects).view(rbacIndexView), question).map((holder) => `${holder.identity.name} ${holder.reach} ${holder.pathCount}`);
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

test("cluster-admin lets do everything, also where no manifest lists it", () => {
  const binding = clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "cluster-admin" }, subjects: [{ kind: "Group", name: "ops" }] });
  expect(ask({ verb: "delete" }, [binding])).toEqual(["ops cluster 1"]);
});

test("a Role of which a ClusterRoleBinding has the name is another one, and lets nobody do anything", () => {
  const roleRef = { kind: "Role", name: "app" };
  const jane = { subjects: [{ kind: "User", name: "jane" }] };
  const objects = [
    role({ rules: [rule("", ["secrets"], ["get"])] }),
    clusterRoleBinding({ roleRef, subjects: [{ kind: "Group", name: "ops" }] }),
    roleBinding(jane),
  ];
  expect(ask({}, objects)).toEqual(["jane namespace 1"]);
});

test("nobody can what no rule allows", () => {
  expect(ask({ verb: "delete" })).toEqual([]);
});

test("names do not limit what has no name yet, so they give nothing of it", () => {
  const objects = [role({ rules: [rule("", ["secrets"], ["create"], ["app-tls"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ verb: "create" }, objects)).toEqual([]);
  expect(ask({ verb: "create,delete" }, objects)).toEqual([]);
});

test("a RoleBinding gives nothing on what has no namespace", () => {
  const objects = [role({ rules: [rule("", ["nodes", "pods"], ["get"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ resource: "nodes" }, objects)).toEqual([]);
  expect(ask({ resource: "pods" }, objects)).toEqual(["jane namespace 1"]);
});

test.each(["tokenreviews", "userextras/scopes", "clusterissuers"])("a RoleBinding gives nothing on %s, which have no namespace either", (resource) => {
  const objects = [role({ rules: [rule("*", [resource], ["*"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ resource }, objects)).toEqual([]);
});

test("a RoleBinding lets use constraints of OpenShift in its namespace, and do nothing else with them", () => {
  const objects = [
    clusterRole({ name: "scc", rules: [rule("security.openshift.io", ["securitycontextconstraints"], ["*"], ["privileged"])] }),
    roleBinding({ roleRef: { kind: "ClusterRole", name: "scc" }, subjects: [{ kind: "User", name: "jane" }] }),
  ];
  const asked = { resource: "securitycontextconstraints", group: "security.openshift.io", name: "privileged" };
  expect(ask({ ...asked, verb: "use" }, objects)).toEqual(["jane namespace 1"]);
  expect(ask({ ...asked, verb: "update" }, objects)).toEqual([]);
});

test("paths of the API server are given by ClusterRoleBindings alone", () => {
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "paths" };
  const paths = clusterRole({ name: "paths", rules: [{ nonResourceURLs: ["/metrics", "/logs/*"], verbs: ["get"] }] });
  const objects = [paths, clusterRoleBinding({ roleRef, subjects: [{ kind: "Group", name: "ops" }] })];
  expect(ask({ resource: "/metrics", namespace: null }, objects)).toEqual(["ops cluster 1"]);
  expect(ask({ resource: "/logs/kubelet" }, objects)).toEqual(["ops cluster 1"]);
  expect(ask({ resource: "/healthz" }, objects)).toEqual([]);
  expect(ask({ resource: "/metrics" }, [paths, roleBinding({ roleRef, subjects: [{ kind: "User", name: "jane" }] })])).toEqual([]);
});

test("a RoleBinding reaches the namespace that it is in, also as an object", () => {
  const objects = [role({ rules: [rule("", ["namespaces"], ["delete"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ verb: "delete", resource: "namespaces", namespace: null, name: "shop" }, objects)).toEqual(["jane namespace 1"]);
  expect(ask({ verb: "delete", resource: "namespaces", namespace: null, name: "other" }, objects)).toEqual([]);
  expect(ask({ verb: "delete", resource: "namespaces", namespace: null }, objects)).toEqual([]);
});

test("whom a binding names twice it lets do it in one way", () => {
  const jane = { kind: "User", name: "jane" };
  expect(ask({}, [clusterRole({ rules: [rule("", ["secrets"], ["get"])] }), clusterRoleBinding({ subjects: [jane, jane] })])).toEqual(["jane cluster 1"]);
});

test("a RoleBinding to a role that names other namespaces gives none of them", () => {
  const objects = [
    clusterRole({ rules: [rule("", ["namespaces"], ["delete"], ["elsewhere"])] }),
    roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } }),
  ];
  expect(ask({ verb: "delete", resource: "namespaces" }, objects)).toEqual([]);
});

test("a RoleBinding lets nobody list or make namespaces, only reach the one that it is in", () => {
  const objects = [role({ rules: [rule("", ["namespaces"], ["*"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  for (const verb of ["list", "watch", "create"]) expect(ask({ verb, resource: "namespaces" }, objects)).toEqual([]);
  expect(ask({ verb: "get", resource: "namespaces" }, objects)).toEqual(["jane namespace 1"]);
});

test("asked about namespaces in one, it is about that one, unless another is named", () => {
  const objects = [
    clusterRole({ rules: [rule("", ["namespaces"], ["delete"], ["shop"])] }),
    clusterRoleBinding({ subjects: [{ kind: "User", name: "jane" }] }),
  ];
  const asked = { verb: "delete", resource: "namespaces" };
  expect(ask(asked, objects)).toEqual(["jane cluster 1"]);
  expect(ask({ ...asked, namespace: "elsewhere" }, objects)).toEqual([]);
  expect(ask({ ...asked, namespace: "elsewhere", name: "shop" }, objects)).toEqual(["jane cluster 1"]);
  const local = [role({ rules: [rule("", ["namespaces"], ["delete"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ ...asked, name: "other" }, local)).toEqual([]);
});

test.each([
  ["ipaddresses", "networking.k8s.io", "ipam.cluster.x-k8s.io"],
  ["nodes", "", "longhorn.io"],
  ["users", "authentication.k8s.io", "rabbitmq.com"],
])("%s have no namespace in the group %j, and one in %j", (resource, own, other) => {
  const objects = [role({ rules: [rule("*", [resource], ["get"])] }), roleBinding({ subjects: [{ kind: "User", name: "jane" }] })];
  expect(ask({ resource, group: own }, objects)).toEqual([]);
  expect(ask({ resource, group: other }, objects)).toEqual(["jane namespace 1"]);
});
