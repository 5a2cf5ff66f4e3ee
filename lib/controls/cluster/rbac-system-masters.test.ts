import { clusterRole, clusterRoleBinding, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-system-masters";

const subjects = [{ kind: "Group", name: "system:masters" }];
const roleRef = { kind: "ClusterRole", name: "cluster-admin" };

describeControl(control, {
  fails: [
    { name: "another role", objects: [clusterRole(), clusterRoleBinding({ subjects })], severity: "high", evidence: [{ path: "subjects[0]" }] },
    { name: "cluster-admin under another name", objects: [clusterRoleBinding({ name: "ours", roleRef, subjects })] },
    { name: "in a namespace", objects: [roleBinding({ roleRef, subjects })] },
  ],
  passes: [
    { name: "the shipped binding", objects: [clusterRoleBinding({ name: "cluster-admin", roleRef, subjects })] },
    { name: "a user of that name", objects: [clusterRoleBinding({ subjects: [{ kind: "User", name: "system:masters" }] })] },
  ],
});
