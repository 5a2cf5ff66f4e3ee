import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-escalate";

const rbac = (resources: string[], verbs: string[]) => ({ rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources, verbs }] });
const all = { roleRef: { kind: "ClusterRole", name: "writer" } };

describeControl(control, {
  fails: [
    {
      name: "with writes, everywhere",
      objects: [clusterRole(rbac(["clusterroles"], ["escalate", "update"])), clusterRoleBinding()],
      severity: "critical",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "with writes, in a namespace", objects: [role(rbac(["roles"], ["escalate", "patch"])), roleBinding()], severity: "high" },
    { name: "every verb on roles", objects: [clusterRole(rbac(["roles"], ["*"])), clusterRoleBinding()], severity: "critical" },
    { name: "without any write", objects: [clusterRole(rbac(["roles"], ["escalate"])), clusterRoleBinding()], severity: "medium" },
    {
      name: "the write comes from a binding for the whole cluster",
      objects: [role(rbac(["roles"], ["escalate"])), roleBinding(), clusterRole({ name: "writer", ...rbac(["roles"], ["update"]) }), clusterRoleBinding(all)],
      severity: "high",
    },
  ],
  passes: [
    { name: "writes alone", objects: [clusterRole(rbac(["roles"], ["create", "update"])), clusterRoleBinding()] },
    {
      name: "ClusterRoles through a RoleBinding",
      objects: [clusterRole(rbac(["clusterroles"], ["escalate", "update"])), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })],
    },
  ],
});
