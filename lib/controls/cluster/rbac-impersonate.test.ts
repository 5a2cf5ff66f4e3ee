import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-impersonate";

const act = (resources: string[], part: object = {}) => ({ rules: [{ apiGroups: [""], resources, verbs: ["impersonate"], ...part }] });
const authentication = { apiGroups: ["authentication.k8s.io"] };
const constrained = [
  { ...authentication, resources: ["users"], verbs: ["impersonate:user-info"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["impersonate-on:user-info:list"] },
];
const ELSEWHERE = { apiGroups: [""], resources: ["pods"], verbs: ["impersonate-on:serviceaccount:list"] };

describeControl(control, {
  fails: [
    { name: "any user", objects: [clusterRole(act(["users"])), clusterRoleBinding()], severity: "critical", evidence: [{ path: "rules[0]" }] },
    {
      name: "the group system:masters, with a service account to act as",
      objects: [clusterRole(act(["groups"], { resourceNames: ["system:masters"] })), clusterRoleBinding(), role(act(["serviceaccounts"])), roleBinding()],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "any group, with a user to act as whom all accounts may act as",
      objects: [
        clusterRole(act(["groups"])),
        clusterRoleBinding(),
        clusterRole({ name: "users", ...act(["users"], { resourceNames: ["reader"] }) }),
        clusterRoleBinding({ name: "users", roleRef: { kind: "ClusterRole", name: "users" }, subjects: [{ kind: "Group", name: "system:serviceaccounts" }] }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "the group system:masters without anybody to act as, which the API server refuses",
      objects: [clusterRole(act(["groups"], { resourceNames: ["system:masters"] })), clusterRoleBinding()],
      severity: "medium",
    },
    {
      name: "a named group that rules the cluster",
      objects: [
        clusterRole({ rules: [...act(["groups"], { resourceNames: ["viewers", "ops"] }).rules, ...act(["users"], { resourceNames: ["reader"] }).rules] }),
        clusterRoleBinding(),
        clusterRoleBinding({ name: "ops", roleRef: { kind: "ClusterRole", name: "cluster-admin" }, subjects: [{ kind: "Group", name: "ops" }] }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "a service account by name, in whatever namespace, that rules the cluster",
      objects: [
        clusterRole(act(["serviceaccounts"], { resourceNames: ["operator"] })),
        clusterRoleBinding(),
        clusterRoleBinding({
          name: "operator",
          roleRef: { kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "tools" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "a service account by name, of no power",
      objects: [clusterRole(act(["serviceaccounts"], { resourceNames: ["reader"] })), clusterRoleBinding()],
      severity: "high",
    },
    {
      name: "a service account of its namespace by name, that rules the cluster",
      objects: [
        role(act(["serviceaccounts"], { resourceNames: ["reader", "operator"] })),
        roleBinding(),
        clusterRoleBinding({
          roleRef: { kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "shop" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "critical",
    },
    {
      name: "a service account by name, whose namesake elsewhere rules the cluster",
      objects: [
        role(act(["serviceaccounts"], { resourceNames: ["operator"] })),
        roleBinding(),
        clusterRoleBinding({
          roleRef: { kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "tools" }],
        }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "high",
    },
    { name: "a named group", objects: [clusterRole(act(["groups"], { resourceNames: ["viewers"] })), clusterRoleBinding()], severity: "medium" },
    { name: "every service account", objects: [clusterRole(act(["serviceaccounts"])), clusterRoleBinding()], severity: "critical" },
    {
      name: "service accounts of kube-system",
      objects: [role({ ...act(["serviceaccounts"]), namespace: "kube-system" }), roleBinding({ namespace: "kube-system" })],
      severity: "critical",
    },
    { name: "service accounts of a namespace", objects: [role(act(["serviceaccounts"])), roleBinding()], severity: "high" },
    {
      name: "details of a user beside the user",
      objects: [
        clusterRole({ rules: [...act(["users"], { resourceNames: ["reader"] }).rules, ...act(["userextras/scopes", "uids"], authentication).rules] }),
        clusterRoleBinding(),
      ],
      severity: "medium",
      evidence: [{ path: "rules[0]" }, { path: "rules[1]" }],
    },
    { name: "both halves of constrained impersonation", objects: [clusterRole({ rules: constrained }), clusterRoleBinding()], severity: "medium" },
    {
      name: "constrained impersonation of whatever the group holds",
      objects: [clusterRole({ rules: [{ ...authentication, resources: ["*"], verbs: ["*"] }, ...constrained.slice(1)] }), clusterRoleBinding()],
      severity: "medium",
      evidence: [{ path: "rules[0]" }],
    },
    {
      name: "constrained impersonation whose second half holds in a namespace alone",
      objects: [
        clusterRole({ rules: constrained.slice(0, 1) }),
        clusterRoleBinding(),
        role({ name: "targets", rules: constrained.slice(1) }),
        roleBinding({ name: "targets", roleRef: { kind: "Role", name: "targets" } }),
      ],
      severity: "medium",
    },
  ],
  passes: [
    { name: "users through a RoleBinding", objects: [clusterRole(act(["users"])), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })] },
    { name: "details of nobody", objects: [clusterRole(act(["userextras/scopes", "uids"], authentication)), clusterRoleBinding()] },
    {
      name: "all of the group that holds the details alone",
      objects: [clusterRole({ rules: [{ ...authentication, resources: ["*"], verbs: ["*"] }] }), clusterRoleBinding()],
    },
    { name: "extra details without saying which", objects: [clusterRole(act(["userextras"], authentication)), clusterRoleBinding()] },
    {
      name: "halves of two ways of constrained impersonation",
      objects: [clusterRole({ rules: [...constrained.slice(0, 1), ELSEWHERE] }), clusterRoleBinding()],
    },
    {
      name: "details of nobody beside the second half",
      objects: [
        clusterRole({ rules: [{ ...authentication, resources: ["groups", "uids"], verbs: ["impersonate:user-info"] }, ...constrained.slice(1)] }),
        clusterRoleBinding(),
      ],
    },
    { name: "one half of constrained impersonation", objects: [clusterRole({ rules: constrained.slice(0, 1) }), clusterRoleBinding()] },
  ],
});
