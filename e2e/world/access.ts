import type { JsonRecord } from "@/lib/model/json";
import { manifest, type Manifest } from "./manifest";

const RBAC = "rbac.authorization.k8s.io";

function rule(group: string, resources: readonly string[], verbs: readonly string[]): JsonRecord {
  return { apiGroups: [group], resources, verbs };
}

function role(namespace: string | null, name: string, rules: readonly JsonRecord[], labels: Readonly<Record<string, string>> = {}): Manifest {
  return manifest(`${RBAC}/v1`, namespace === null ? "ClusterRole" : "Role", namespace, name, { rules }, { labels });
}

function binding(namespace: string | null, name: string, roleKind: string, roleName: string, subjects: readonly JsonRecord[]): Manifest {
  const roleRef = { apiGroup: RBAC, kind: roleKind, name: roleName };
  return manifest(`${RBAC}/v1`, namespace === null ? "ClusterRoleBinding" : "RoleBinding", namespace, name, { roleRef, subjects });
}

const account = (namespace: string, name: string): JsonRecord => ({ kind: "ServiceAccount", namespace, name });
const group = (name: string): JsonRecord => ({ kind: "Group", apiGroup: RBAC, name });
const user = (name: string): JsonRecord => ({ kind: "User", apiGroup: RBAC, name });

export function serviceAccountManifests(): readonly Manifest[] {
  return [
    manifest("v1", "ServiceAccount", "shop", "web", { automountServiceAccountToken: false }),
    manifest("v1", "ServiceAccount", "bank", "ledger", {}, { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/ledger" } }),
    manifest("v1", "ServiceAccount", "jobs", "deployer"),
    manifest("v1", "ServiceAccount", "agents", "node-agent"),
  ];
}

export function accessManifests(): readonly Manifest[] {
  return [
    role("shop", "reader", [rule("", ["pods", "services"], ["get", "list"])]),
    role("bank", "secret-reader", [rule("", ["secrets"], ["get", "list"])]),
    role("jobs", "deployer", [rule("apps", ["deployments"], ["create", "patch"]), rule("", ["pods/exec"], ["create"])]),
    role(null, "world-everything", [rule("*", ["*"], ["*"])]),
    role(null, "world-escalator", [rule(RBAC, ["clusterroles"], ["escalate", "bind"]), rule("", ["users", "groups"], ["impersonate"])]),
    role(null, "world-monitoring-part", [rule("", ["nodes/metrics", "secrets"], ["get", "list"])], { "world.example.com/monitoring": "true" }),
    // For everybody, so it must not be something that a reader of this cluster would miss.
    role(null, "world-usage", [rule("metrics.k8s.io", ["pods", "nodes"], ["get", "list"])]),
    manifest(`${RBAC}/v1`, "ClusterRole", null, "world-monitoring", {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "world.example.com/monitoring": "true" } }] },
      rules: [],
    }),
    binding("shop", "reader", "Role", "reader", [account("shop", "web")]),
    binding("bank", "secret-reader", "Role", "secret-reader", [account("bank", "ledger")]),
    binding("jobs", "deployer", "Role", "deployer", [account("jobs", "deployer")]),
    binding("legacy", "dangling", "Role", "nobody-made-this", [user("jo@example.com")]),
    binding(null, "world-admin", "ClusterRole", "cluster-admin", [user("root@example.com")]),
    binding(null, "world-everything", "ClusterRole", "world-everything", [account("legacy", "default")]),
    binding(null, "world-escalator", "ClusterRole", "world-escalator", [group("platform")]),
    binding(null, "world-monitoring", "ClusterRole", "world-monitoring", [account("agents", "node-agent")]),
    binding(null, "world-anonymous", "ClusterRole", "world-usage", [user("system:anonymous")]),
    binding(null, "world-authenticated", "ClusterRole", "world-usage", [group("system:authenticated")]),
  ];
}
