import { clusterRoleBinding, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-cluster-admin-binding";

const roleRef = { kind: "ClusterRole", name: "cluster-admin" };
const masters = { kind: "Group", name: "system:masters" };
const jane = { kind: "User", name: "jane" };

describeControl(control, {
  fails: [
    { name: "a service account", objects: [clusterRoleBinding({ roleRef })], severity: "critical", evidence: [{ path: "subjects[0]" }] },
    { name: "one person beside system:masters", objects: [clusterRoleBinding({ roleRef, subjects: [masters, jane] })], evidence: [{ path: "subjects[1]" }] },
    { name: "in one namespace", objects: [roleBinding({ roleRef })], severity: "high" },
    { name: "in a namespace whose accounts rule the cluster", objects: [roleBinding({ roleRef, namespace: "kube-system" })], severity: "critical" },
    {
      name: "the shipped binding with one more subject",
      objects: [clusterRoleBinding({ name: "cluster-admin", roleRef, subjects: [masters, jane], labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } })],
      severity: "critical",
    },
  ],
  passes: [
    { name: "the shipped binding", objects: [clusterRoleBinding({ name: "cluster-admin", roleRef, subjects: [masters] })] },
    { name: "nobody is bound", objects: [clusterRoleBinding({ roleRef, subjects: [] })] },
    { name: "another role", objects: [clusterRoleBinding()] },
    { name: "a Role that is called cluster-admin", objects: [roleBinding({ roleRef: { kind: "Role", name: "cluster-admin" } })] },
  ],
  unknown: [{ name: "subjects of an odd shape", objects: [clusterRoleBinding({ roleRef, subjects: "everyone" })] }],
});
