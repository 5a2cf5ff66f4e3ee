import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-authenticated-binding";

const subjects = [{ kind: "Group", name: "system:authenticated" }];
const rules = (verbs: string[], resources: string[]) => ({ rules: [{ apiGroups: [""], resources, verbs }] });
const labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };

describeControl(control, {
  fails: [
    {
      name: "reads of nothing secret",
      objects: [clusterRole(rules(["get"], ["nodes"])), clusterRoleBinding({ subjects })],
      severity: "medium",
      evidence: [{ path: "subjects[0]" }],
    },
    { name: "what pods answer, through the API server", objects: [role(rules(["get"], ["pods/proxy"])), roleBinding({ subjects })], severity: "high" },
    { name: "what pods log", objects: [role(rules(["get"], ["pods/log"])), roleBinding({ subjects })], severity: "high" },
    { name: "reads of Secrets", objects: [clusterRole(rules(["list"], ["secrets"])), clusterRoleBinding({ subjects })], severity: "critical" },
    { name: "creating pods in a namespace", objects: [role(rules(["create"], ["pods"])), roleBinding({ subjects })], severity: "critical" },
    { name: "deleting config maps", objects: [role(rules(["delete"], ["configmaps"])), roleBinding({ subjects })], severity: "high" },
    {
      name: "a shipped binding, whose role was widened",
      objects: [
        clusterRole({ name: "system:basic-user", labels, ...rules(["list"], ["secrets"]) }),
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
        clusterRole({ name: "system:basic-user", labels, ...rules(["create"], ["selfsubjectreviews", "selfsubjectlimitreviews"]) }),
        clusterRoleBinding({ name: "system:basic-user", labels, roleRef: { kind: "ClusterRole", name: "system:basic-user" }, subjects }),
      ],
    },
    { name: "a group of one's own", objects: [clusterRoleBinding({ subjects: [{ kind: "Group", name: "developers" }] })] },
  ],
});
