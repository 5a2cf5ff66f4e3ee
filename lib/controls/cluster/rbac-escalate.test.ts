import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-escalate";

const rbac = (resources: string[], verbs: string[]) => ({ rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources, verbs }] });
const named = (resourceNames: string[]) => ({ rules: rbac(["clusterroles"], ["escalate", "update"]).rules.map((rule) => ({ ...rule, resourceNames })) });
const all = { roleRef: { kind: "ClusterRole", name: "writer" } };

const controller = "clusterrole-aggregation-controller";
const shippedName = { name: `system:controller:${controller}`, labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } };
const shippedRole = (...more: string[]) =>
  clusterRole({ ...shippedName, ...rbac(["clusterroles"], ["escalate", "get", "list", "patch", "update", "watch", ...more]) });
const shippedBinding = (...more: string[]) =>
  clusterRoleBinding({
    ...shippedName,
    roleRef: { kind: "ClusterRole", name: shippedName.name },
    subjects: [controller, ...more].map((name) => ({ kind: "ServiceAccount", namespace: "kube-system", name })),
  });
/** The role `widener`, bound to every service account. */
const forAllAccounts = (rights: object, inNamespace = false) => {
  const subjects = { name: "widener", subjects: [{ kind: "Group", name: "system:serviceaccounts" }] };
  const roleRef = { kind: inNamespace ? "Role" : "ClusterRole", name: "widener" };
  return inNamespace
    ? [role({ name: "widener", ...rights }), roleBinding({ ...subjects, roleRef })]
    : [clusterRole({ name: "widener", ...rights }), clusterRoleBinding({ ...subjects, roleRef })];
};
const app = { kind: "ServiceAccount", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "what it may write by itself beside what all accounts may widen",
      objects: [clusterRole(rbac(["clusterroles"], ["update"])), clusterRoleBinding(), ...forAllAccounts(rbac(["clusterroles"], ["escalate"]))],
      target: app,
      severity: "critical",
      evidence: [
        { message: "ClusterRoleBinding app binds it to ClusterRole app, whose rule 0 allows update on clusterroles in the whole cluster.", path: "rules[0]" },
        {
          message: "ClusterRoleBinding widener binds it to ClusterRole widener, whose rule 0 allows escalate on clusterroles in the whole cluster.",
          path: "rules[0]",
        },
      ],
    },
    {
      name: "roles of one namespace to write, beside what all accounts may widen everywhere",
      objects: [role(rbac(["roles"], ["patch"])), roleBinding(), ...forAllAccounts(rbac(["roles"], ["escalate"]))],
      target: app,
      severity: "high",
    },
    {
      name: "roles to write everywhere, beside what all accounts may widen in one namespace",
      objects: [clusterRole(rbac(["roles"], ["patch"])), clusterRoleBinding(), ...forAllAccounts(rbac(["roles"], ["escalate"]), true)],
      target: app,
      severity: "high",
    },
    {
      name: "a shipped role that was widened",
      objects: [shippedRole("create"), shippedBinding()],
      target: { kind: "ServiceAccount", name: controller },
      severity: "critical",
    },
    {
      name: "somebody added to a shipped binding",
      objects: [shippedRole(), shippedBinding("helper")],
      target: { kind: "ServiceAccount", name: "helper" },
      severity: "critical",
    },
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
    {
      name: "roles that it makes, which have no name when it is asked",
      objects: [
        clusterRole({ rules: rbac(["clusterroles"], ["escalate", "create"]).rules.map((rule) => ({ ...rule, resourceNames: [""] })) }),
        clusterRoleBinding(),
      ],
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
    {
      name: "roles of another kind to write than all accounts may widen",
      objects: [clusterRole(rbac(["roles"], ["update"])), clusterRoleBinding(), ...forAllAccounts(rbac(["clusterroles"], ["escalate"]))],
      target: app,
    },
    {
      name: "ClusterRoles to write in one namespace, where there are none",
      objects: [role(rbac(["clusterroles"], ["update"])), roleBinding(), ...forAllAccounts(rbac(["clusterroles"], ["escalate"]))],
      target: app,
    },
    {
      name: "a named role to write, beside another that all accounts may widen",
      objects: [
        clusterRole({ rules: named(["x"]).rules.map((rule) => ({ ...rule, verbs: ["update"] })) }),
        clusterRoleBinding(),
        ...forAllAccounts({ rules: named(["y"]).rules.map((rule) => ({ ...rule, verbs: ["escalate"] })) }),
      ],
      target: app,
    },
    { name: "writes alone", objects: [clusterRole(rbac(["roles"], ["create", "update"])), clusterRoleBinding()] },
    {
      name: "ClusterRoles through a RoleBinding",
      objects: [clusterRole(rbac(["clusterroles"], ["escalate", "update"])), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })],
    },
  ],
  notApplicable: [
    {
      name: "what the API server gives its own controller",
      objects: [shippedRole(), shippedBinding("helper")],
      target: { kind: "ServiceAccount", name: controller },
    },
  ],
});
