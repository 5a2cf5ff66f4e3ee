import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-default-role-drift";

const KEY = "rbac.authorization.kubernetes.io/autoupdate";
const masters = { kind: "Group", name: "system:masters" };
const shipped = {
  name: "cluster-admin",
  labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
  roleRef: { kind: "ClusterRole", name: "cluster-admin" },
  subjects: [masters],
};
const discovery = {
  ...shipped,
  name: "system:discovery",
  roleRef: { kind: "ClusterRole", name: "system:discovery" },
  subjects: [{ kind: "Group", name: "system:authenticated" }],
};

describeControl(control, {
  fails: [
    {
      name: "a subject was added to a strong one",
      objects: [clusterRoleBinding({ ...shipped, subjects: [masters, { kind: "User", name: "eve" }] })],
      severity: "high",
      evidence: [{ path: "subjects[1]" }],
    },
    {
      name: "a subject was added to a weak one",
      objects: [clusterRoleBinding({ ...discovery, subjects: [{ kind: "Group", name: "everyone" }] })],
      severity: "medium",
    },
    {
      name: "repair is off",
      objects: [clusterRoleBinding({ ...shipped, annotations: { [KEY]: "false" } })],
      severity: "medium",
      evidence: [{ path: `metadata.annotations["${KEY}"]`, value: "false" }],
    },
    {
      name: "repair of its role is off",
      objects: [
        clusterRoleBinding(discovery),
        clusterRole({
          name: "system:discovery",
          labels: shipped.labels,
          annotations: { [KEY]: "false" },
          rules: [{ nonResourceURLs: ["/api"], verbs: ["get"] }],
        }),
      ],
      severity: "medium",
      evidence: [{ path: `metadata.annotations["${KEY}"]`, value: "false" }],
    },
    {
      name: "it leads to another role",
      objects: [clusterRoleBinding({ ...discovery, roleRef: { kind: "ClusterRole", name: "cluster-admin" } })],
      severity: "high",
      remedy: false,
    },
  ],
  passes: [{ name: "as shipped", objects: [clusterRoleBinding(shipped)] }],
  notApplicable: [{ name: "a binding of one's own", objects: [clusterRoleBinding()] }],
});
