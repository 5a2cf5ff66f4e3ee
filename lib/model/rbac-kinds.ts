export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** What says who may do what: resource and kind. Without all of them, no answer about rights is whole. */
export const RBAC_KINDS = [
  ["roles", "Role"],
  ["clusterroles", "ClusterRole"],
  ["rolebindings", "RoleBinding"],
  ["clusterrolebindings", "ClusterRoleBinding"],
] as const;
