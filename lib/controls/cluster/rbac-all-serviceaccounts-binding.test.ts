import { allow } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-all-serviceaccounts-binding";

const subjects = [{ kind: "Group", name: "system:serviceaccounts" }];

describeControl(control, {
  fails: [
    {
      name: "reads of nothing secret",
      objects: [clusterRole(allow("", ["nodes"], ["get"])), clusterRoleBinding({ subjects })],
      severity: "medium",
      evidence: [{ path: "subjects[0]" }],
    },
    { name: "creating pods", objects: [clusterRole(allow("", ["pods"], ["create"])), clusterRoleBinding({ subjects })], severity: "critical" },
  ],
  passes: [
    {
      name: "what the API server ships",
      objects: [
        clusterRoleBinding({
          name: "system:service-account-issuer-discovery",
          labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
          roleRef: { kind: "ClusterRole", name: "system:service-account-issuer-discovery" },
          subjects,
        }),
      ],
    },
    {
      name: "the accounts of one namespace",
      objects: [clusterRole(), clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:serviceaccounts:shop" }] })],
    },
  ],
});
