import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-cluster-admin-equivalent";

const everything = { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] };

describeControl(control, {
  fails: [
    {
      name: "in the whole cluster",
      objects: [clusterRole(everything), clusterRoleBinding()],
      severity: "critical",
      target: { kind: "ServiceAccount", name: "app" },
      evidence: [{ path: "rules[0]" }],
    },
    { name: "in a namespace", objects: [role(everything), roleBinding()], severity: "high" },
    {
      name: "in a namespace whose accounts rule the cluster",
      objects: [role({ ...everything, namespace: "kube-system" }), roleBinding({ namespace: "kube-system" })],
      severity: "critical",
    },
    { name: "two bindings lead there", objects: [clusterRole(everything), clusterRoleBinding(), clusterRoleBinding({ name: "again" })] },
    {
      name: "a user name that means the account",
      objects: [clusterRole(everything), clusterRoleBinding({ subjects: [{ kind: "User", name: "system:serviceaccount:shop:app" }] })],
      target: { kind: "ServiceAccount", name: "app" },
    },
  ],
  passes: [
    { name: "everything of one group", objects: [clusterRole({ rules: [{ apiGroups: [""], resources: ["*"], verbs: ["*"] }] }), clusterRoleBinding()] },
    {
      name: "everything with a certain name",
      objects: [clusterRole({ rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: ["app"] }] }), clusterRoleBinding()],
    },
  ],
  subsumed: [
    {
      name: "cluster-admin itself",
      objects: [clusterRole({ ...everything, name: "cluster-admin" }), clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "cluster-admin" } })],
    },
  ],
  unknown: [
    { name: "roles could not be read", objects: [clusterRole(everything), clusterRoleBinding()], missing: ["roles"] },
    { name: "a part of a cluster", objects: [clusterRole(), clusterRoleBinding()], complete: false },
  ],
});
