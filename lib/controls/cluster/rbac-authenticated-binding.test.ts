import { allow } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-authenticated-binding";

const subjects = [{ kind: "Group", name: "system:authenticated" }];
const labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };

describeControl(control, {
  fails: [
    {
      name: "reads of nothing secret",
      objects: [clusterRole(allow("", ["nodes"], ["get"])), clusterRoleBinding({ subjects })],
      severity: "medium",
      evidence: [{ path: "subjects[0]" }],
    },
    { name: "what pods answer, through the API server", objects: [role(allow("", ["pods/proxy"], ["get"])), roleBinding({ subjects })], severity: "high" },
    { name: "what pods log", objects: [role(allow("", ["pods/log"], ["get"])), roleBinding({ subjects })], severity: "high" },
    { name: "reads of Secrets", objects: [clusterRole(allow("", ["secrets"], ["list"])), clusterRoleBinding({ subjects })], severity: "critical" },
    { name: "creating pods in a namespace", objects: [role(allow("", ["pods"], ["create"])), roleBinding({ subjects })], severity: "critical" },
    { name: "deleting config maps", objects: [role(allow("", ["configmaps"], ["delete"])), roleBinding({ subjects })], severity: "high" },
    {
      name: "a shipped binding, whose role was widened",
      objects: [
        clusterRole({ name: "system:basic-user", labels, ...allow("", ["secrets"], ["list"]) }),
        clusterRoleBinding({ name: "system:basic-user", labels, roleRef: { kind: "ClusterRole", name: "system:basic-user" }, subjects }),
      ],
      severity: "critical",
    },
    { name: "cluster-admin", objects: [clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "cluster-admin" }, subjects })], severity: "critical" },
  ],
  passes: [
    {
      name: "what the API server ships",
      objects: [clusterRoleBinding({ name: "system:basic-user", labels, roleRef: { kind: "ClusterRole", name: "system:basic-user" }, subjects })],
    },
    {
      name: "what the API server ships, of a version that adds a review of one's own",
      objects: [
        clusterRole({ name: "system:basic-user", labels, ...allow("", ["selfsubjectreviews", "selfsubjectlimitreviews"], ["create"]) }),
        clusterRoleBinding({ name: "system:basic-user", labels, roleRef: { kind: "ClusterRole", name: "system:basic-user" }, subjects }),
      ],
    },
    { name: "a group of one's own", objects: [clusterRoleBinding({ subjects: [{ kind: "Group", name: "developers" }] })] },
  ],
});
