import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-escalate";

const rbac = (resources: string[], verbs: string[]) => ({ rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources, verbs }] });
const named = (resourceNames: string[]) => ({ rules: rbac(["clusterroles"], ["escalate", "update"]).rules.map((rule) => ({ ...rule, resourceNames })) });
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
    {
      name: "Roles everywhere, with those of one namespace to write",
      objects: [
        clusterRole(rbac(["roles"], ["escalate"])),
        clusterRoleBinding(),
        role({ name: "writer", ...rbac(["roles"], ["create"]) }),
        roleBinding({ name: "writer", roleRef: { kind: "Role", name: "writer" } }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "high",
    },
    { name: "a named role that others are bound to", objects: [clusterRole(named(["spare"])), clusterRoleBinding()], severity: "high" },
    { name: "a named role that it is bound to itself", objects: [clusterRole(named(["app"])), clusterRoleBinding()], severity: "critical" },
    {
      name: "one named role, and another to write",
      objects: [
        clusterRole({
          rules: [
            ...named(["x"]).rules.map((rule) => ({ ...rule, verbs: ["escalate"] })),
            ...named(["y"]).rules.map((rule) => ({ ...rule, verbs: ["update"] })),
          ],
        }),
        clusterRoleBinding(),
      ],
      severity: "medium",
    },
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
