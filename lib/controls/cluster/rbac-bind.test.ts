import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-bind";

const group = ["rbac.authorization.k8s.io"];
const bind = (names?: string[]) => ({
  rules: [
    { apiGroups: group, resources: ["clusterroles"], verbs: ["bind"], ...(names && { resourceNames: names }) },
    { apiGroups: group, resources: ["clusterrolebindings"], verbs: ["create"] },
  ],
});
const readers = clusterRole({ name: "readers", rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }] });
/** The role `binder`, bound to every service account. */
const forAllAccounts = (binder: ReturnType<typeof clusterRole>) => [
  binder,
  clusterRoleBinding({
    name: "binder",
    roleRef: { kind: "ClusterRole", name: "binder" },
    subjects: [{ kind: "Group", name: "system:serviceaccounts" }],
  }),
];

describeControl(control, {
  fails: [
    {
      name: "any ClusterRole in one namespace, as the documentation shows it",
      objects: [
        clusterRole({ rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles", "rolebindings"], verbs: ["bind", "create"] }] }),
        roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } }),
      ],
      severity: "high",
    },
    { name: "any role, in the whole cluster", objects: [clusterRole(bind()), clusterRoleBinding()], severity: "critical", evidence: [{ path: "rules[0]" }] },
    {
      name: "any role, in a namespace",
      objects: [role({ rules: [{ apiGroups: group, resources: ["roles", "rolebindings"], verbs: ["*"] }] }), roleBinding()],
      severity: "high",
    },
    {
      name: "roles of the whole cluster, with bindings of one namespace to write",
      objects: [
        clusterRole({ rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] }),
        clusterRoleBinding(),
        role({ name: "writer", rules: [{ apiGroups: group, resources: ["rolebindings"], verbs: ["create"] }] }),
        roleBinding({ name: "writer", roleRef: { kind: "Role", name: "writer" } }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "high",
    },
    {
      name: "what all accounts may write beside what it may bind by itself",
      objects: [
        clusterRole({ rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] }),
        clusterRoleBinding(),
        clusterRole({ name: "writer", rules: [{ apiGroups: group, resources: ["clusterrolebindings"], verbs: ["create"] }] }),
        clusterRoleBinding({
          name: "writer",
          roleRef: { kind: "ClusterRole", name: "writer" },
          subjects: [{ kind: "Group", name: "system:serviceaccounts" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "what it may write by itself beside what all accounts may bind",
      objects: [
        clusterRole({ rules: [{ apiGroups: group, resources: ["clusterrolebindings"], verbs: ["create"] }] }),
        clusterRoleBinding(),
        clusterRole({ name: "binder", rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] }),
        clusterRoleBinding({
          name: "binder",
          roleRef: { kind: "ClusterRole", name: "binder" },
          subjects: [{ kind: "Group", name: "system:serviceaccounts" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
      evidence: [
        {
          message: "ClusterRoleBinding app binds it to ClusterRole app, whose rule 0 allows create on clusterrolebindings in the whole cluster.",
          path: "rules[0]",
        },
        {
          message: "ClusterRoleBinding binder binds it to ClusterRole binder, whose rule 0 allows bind on clusterroles in the whole cluster.",
          path: "rules[0]",
        },
      ],
    },
    {
      name: "a weak role by name, beside any role that all accounts may bind",
      objects: [
        readers,
        clusterRole(bind(["readers"])),
        clusterRoleBinding(),
        ...forAllAccounts(clusterRole({ name: "binder", rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] })),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "bindings of both kinds to write in one namespace, where those of the whole cluster cannot be written",
      objects: [
        role({ rules: [{ apiGroups: group, resources: ["clusterrolebindings", "rolebindings"], verbs: ["create"] }] }),
        roleBinding(),
        ...forAllAccounts(clusterRole({ name: "binder", rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] })),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      evidence: [
        { path: "rules[0]" },
        { path: "rules[0]", message: "RoleBinding shop/app binds it to Role shop/app, whose rule 0 allows create on rolebindings in namespace shop." },
      ],
    },
    { name: "cluster-admin by name", objects: [clusterRole(bind(["cluster-admin"])), clusterRoleBinding()], severity: "critical" },
    { name: "a weak role by name", objects: [readers, clusterRole(bind(["readers"])), clusterRoleBinding()], severity: "low" },
    { name: "a role by name that does not exist yet", objects: [clusterRole(bind(["later"])), clusterRoleBinding()], severity: "medium" },
  ],
  passes: [
    {
      name: "what it may write in one namespace, beside what all accounts of another may bind there",
      objects: [
        role({ rules: [{ apiGroups: group, resources: ["rolebindings"], verbs: ["create"] }] }),
        roleBinding(),
        role({ name: "binder", namespace: "other", rules: [{ apiGroups: group, resources: ["roles"], verbs: ["bind"] }] }),
        roleBinding({
          name: "binder",
          namespace: "other",
          roleRef: { kind: "Role", name: "binder" },
          subjects: [{ kind: "Group", name: "system:serviceaccounts" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
    },
    {
      name: "ClusterRoleBindings to write, beside Roles that all accounts may bind, which those cannot carry",
      objects: [
        clusterRole({ rules: [{ apiGroups: group, resources: ["clusterrolebindings"], verbs: ["create"] }] }),
        clusterRoleBinding(),
        ...forAllAccounts(clusterRole({ name: "binder", rules: [{ apiGroups: group, resources: ["roles"], verbs: ["bind"] }] })),
      ],
      target: { kind: "ServiceAccount", name: "app" },
    },
    {
      name: "no binding can be written",
      objects: [clusterRole({ rules: [{ apiGroups: group, resources: ["clusterroles"], verbs: ["bind"] }] }), clusterRoleBinding()],
    },
    {
      name: "ClusterRoleBindings through a RoleBinding",
      objects: [clusterRole(bind()), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })],
    },
    {
      name: "Roles, with ClusterRoleBindings to write, which cannot carry them",
      objects: [
        clusterRole({
          rules: [
            { apiGroups: group, resources: ["roles"], verbs: ["bind"] },
            { apiGroups: group, resources: ["clusterrolebindings"], verbs: ["create"] },
          ],
        }),
        clusterRoleBinding(),
      ],
    },
    {
      name: "bind on bindings means nothing",
      objects: [clusterRole({ rules: [{ apiGroups: group, resources: ["clusterrolebindings"], verbs: ["bind", "create"] }] }), clusterRoleBinding()],
    },
  ],
});
