import { describe, expect, test } from "vitest";
import { principalsView } from "../graph/rbac/principals";
import { rule } from "../graph/rbac/testing";
import type { JsonRecord } from "../model/json";
import { PROVIDER_BINDINGS } from "./data/provider-rbac";
import { clusterRole, clusterRoleBinding, node, role, roleBinding } from "./testing";
import { createTestContext } from "./testing-context";

const NODES = {
  eks: node({ labels: { "eks.amazonaws.com/nodegroup": "a" } }),
  aks: node({ labels: { "kubernetes.azure.com/agentpool": "a" } }),
  gke: node({ labels: { "cloud.google.com/gke-nodepool": "a" } }),
  k3s: node({ spec: { providerID: "k3s://a" } }),
  rke2: node({ spec: { providerID: "rke2://a" } }),
};

const user = (name: string): JsonRecord => ({ kind: "User", apiGroup: "rbac.authorization.k8s.io", name });
const group = (name: string): JsonRecord => ({ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name });
const account = (name: string, namespace = "kube-system"): JsonRecord => ({ kind: "ServiceAccount", namespace, name });

function bound(name: string, to: string, ...subjects: readonly JsonRecord[]): JsonRecord {
  return clusterRoleBinding({ name, roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: to }, subjects });
}

/** The scope of each role, binding and identity of a cluster on one of the platforms; null = on none that is known. */
function scopesOn(platform: keyof typeof NODES | null, ...objects: readonly JsonRecord[]): readonly string[] {
  const context = createTestContext([platform ? NODES[platform] : node(), ...objects]);
  const { roles, bindings } = context.slices;
  const identities = context.view(principalsView).map(({ identity, scope }) => `${identity.name}: ${scope}`);
  return [...[...roles, ...bindings].map(({ ref, scope }) => `${ref.kind} ${ref.name}: ${scope}`), ...identities];
}

describe("what a provider gives to itself is of the platform", () => {
  test.each([
    ["eks", bound("eks:addon-cluster-admin", "cluster-admin", user("eks:addon-manager"))],
    ["eks", bound("eks:node-manager", "eks:node-manager", user("eks:node-manager"))],
    [
      "eks",
      bound("vpc-resource-controller-rolebinding", "vpc-resource-controller-role", account("eks-vpc-resource-controller"), user("eks:vpc-resource-controller")),
    ],
    ["eks", bound("aws-node", "aws-node", account("aws-node"))],
    ["aks", bound("aks-cluster-admin-binding", "cluster-admin", user("clusterAdmin"), user("clusterUser"))],
    ["aks", bound("system:azure-cloud-provider", "system:azure-cloud-provider", account("azure-cloud-provider"))],
    ["gke", bound("cluster-autoscaler-updateinfo", "read-updateinfo", user("cluster-autoscaler"))],
    ["gke", bound("gce:cloud-provider", "gce:cloud-provider", account("cloud-provider"))],
    // What a listing of a cluster shows: nobody is in it any more.
    ["gke", bound("kubelet-cluster-admin", "system:node")],
    [
      "k3s",
      bound("k3s-cloud-controller-manager-auth-delegator", "system:auth-delegator", { ...user("k3s-cloud-controller-manager"), namespace: "kube-system" }),
    ],
    ["k3s", bound("helm-kube-system-traefik", "cluster-admin", account("helm-traefik"))],
    ["rke2", bound("helm-kube-system-rke2-canal", "cluster-admin", account("helm-rke2-canal"))],
  ] as const)("%s: %#", (platform, binding) => {
    const scopes = scopesOn(platform, binding);
    expect(scopes.filter((text) => !text.endsWith(": platform"))).toEqual([]);
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopesOn(null, binding)[0]).toMatch(/: workload$/);
  });

  test("in a namespace of its own, too", () => {
    const mine = { roleRef: { kind: "Role", name: "eks:authenticator" }, subjects: [user("eks:authenticator")] };
    const objects = (name: string) => [
      role({ name: "eks:authenticator", metadata: { namespace: "kube-system" } }),
      roleBinding({ name, metadata: { namespace: "kube-system" }, ...mine }),
    ];
    expect(scopesOn("eks", ...objects("eks:authenticator"))).toContain("eks:authenticator: platform");
    expect(scopesOn("eks", ...objects("mine"))).toContain("eks:authenticator: workload");
  });
});

describe("nothing hides under the name of what a provider makes", () => {
  const cases: readonly (readonly [what: string, platform: keyof typeof NODES, binding: JsonRecord, whose: string])[] = [
    ["another subject", "eks", bound("eks:addon-cluster-admin", "cluster-admin", user("mallory")), "mallory"],
    ["one more subject", "eks", bound("eks:addon-cluster-admin", "cluster-admin", user("eks:addon-manager"), user("mallory")), "mallory"],
    ["an account of people", "eks", bound("aws-node", "aws-node", account("aws-node", "shop")), "aws-node"],
    ["another role", "gke", bound("cluster-autoscaler-updateinfo", "cluster-admin", user("cluster-autoscaler")), "cluster-autoscaler"],
    ["another platform", "gke", bound("aks-cluster-admin-binding", "cluster-admin", user("clusterAdmin")), "clusterAdmin"],
    ["a binding of one's own for its user", "aks", bound("mine", "cluster-admin", user("clusterAdmin")), "clusterAdmin"],
    ["the group that people are in", "aks", bound("aks-cluster-admin-binding", "cluster-admin", group("admins")), "admins"],
  ];
  test.each(cases)("%s", (_, platform, binding, whose) => {
    const scopes = scopesOn(platform, binding);
    expect(scopes[0]).toMatch(/: workload$/);
    expect(scopes).toContain(`${whose}: workload`);
  });

  test("whoever runs a build of a service has the keys of its users", () => {
    const own = bound("aks-cluster-admin-binding", "cluster-admin", user("clusterAdmin"));
    const controlPlane = node({ name: "cp", labels: { "node-role.kubernetes.io/control-plane": "" } });
    expect(scopesOn("aks", own)).toContain("clusterAdmin: platform");
    expect(scopesOn("aks", controlPlane, own)).toEqual(["ClusterRoleBinding aks-cluster-admin-binding: workload", "clusterAdmin: workload"]);
    const chart = bound("helm-kube-system-traefik", "cluster-admin", account("helm-traefik"));
    expect(scopesOn("k3s", controlPlane, chart)[0]).toMatch(/: platform$/);
  });

  test("a chart of one's own is no part of RKE2", () => {
    expect(scopesOn("rke2", bound("helm-kube-system-rke2-mine", "cluster-admin", account("helm-rke2-mine")))[0]).toMatch(/: workload$/);
  });

  test("an identity is of the platform only where all that it holds is", () => {
    const own = bound("eks:node-manager", "eks:node-manager", user("eks:node-manager"));
    expect(scopesOn("eks", own, bound("mine", "cluster-admin", user("eks:node-manager")))).toContain("eks:node-manager: workload");
  });

  test("what everybody of a group gets counts by the rules of the role", () => {
    const cidrs = (...rules: readonly JsonRecord[]) => [
      clusterRole({ name: "clustercidrs-node", rules }),
      bound("clustercidrs-node", "clustercidrs-node", group("system:nodes")),
    ];
    const known = rule("networking.k8s.io", ["clustercidrs"], ["list", "watch"]);
    expect(scopesOn("k3s", ...cidrs(known))).toEqual([
      "ClusterRole clustercidrs-node: platform",
      "ClusterRoleBinding clustercidrs-node: platform",
      "system:nodes: platform",
    ]);
    expect(scopesOn("k3s", ...cidrs(known, rule("", ["secrets"], ["get"])))).toEqual([
      "ClusterRole clustercidrs-node: workload",
      "ClusterRoleBinding clustercidrs-node: platform",
      "system:nodes: workload",
    ]);
    expect(scopesOn("k3s", bound("clustercidrs-node", "clustercidrs-node", group("system:nodes")))).toContain("system:nodes: workload");
  });

  test("no group of everybody stands among its subjects, and a prefix only for users that people cannot be", () => {
    const subjects = Object.values(PROVIDER_BINDINGS).flatMap((rows) => rows.flatMap(([, , ...names]) => names));
    expect(subjects.filter((name) => /^Group system:(?:authenticated|unauthenticated|serviceaccounts)/.test(name))).toEqual([]);
    expect(subjects.filter((name) => /^ServiceAccount (?!kube-system\/)/.test(name))).toEqual([]);
    expect(new Set(subjects.filter((name) => name.endsWith("*")))).toEqual(new Set(["User eks:*"]));
  });
});
