import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-secrets-read";

const secrets = (verbs: string[], part: object = {}) => ({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs, ...part }] });
const everything = { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] };
const admin = { name: "admins", roleRef: { kind: "ClusterRole", name: "cluster-admin" } };
const adminRole = clusterRole({ ...everything, name: "cluster-admin" });
const masters = { kind: "Group", name: "system:masters" };
const edit = { roleRef: { kind: "ClusterRole", name: "edit" } };
const added = (name: string) => ({ [`rbac.authorization.k8s.io/aggregate-to-${name}`]: "true" });
const into = (name: string) => ({ clusterRoleSelectors: [{ matchLabels: added(name) }] });
const target = { kind: "ServiceAccount", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "in the whole cluster",
      objects: [clusterRole(secrets(["list"])), clusterRoleBinding()],
      severity: "high",
      target,
      evidence: [{ path: "rules[0]" }],
    },
    {
      name: "bound to cluster-admin, of which nothing is told here",
      objects: [adminRole, clusterRoleBinding(admin)],
      settings: { disabledControls: { "rbac-cluster-admin-binding": "Known.", "rbac-cluster-admin-equivalent": "Known." } },
      target,
    },
    { name: "in kube-system", objects: [role({ ...secrets(["get"]), namespace: "kube-system" }), roleBinding({ namespace: "kube-system" })], severity: "high" },
    { name: "in another namespace", objects: [role(secrets(["watch"])), roleBinding()], severity: "medium" },
    {
      name: "in a namespace whose accounts can take the cluster",
      objects: [
        role(secrets(["get"])),
        roleBinding({ subjects: [{ kind: "User", name: "jane" }] }),
        clusterRole({ ...everything, name: "all" }),
        clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "all" } }),
      ],
      target: { kind: "User", name: "jane" },
      severity: "high",
    },
    { name: "named Secrets only", objects: [role(secrets(["get"], { resourceNames: ["app-tls"] })), roleBinding()], severity: "low" },
    {
      name: "a named Secret and the empty name, which lists ask for",
      objects: [clusterRole(secrets(["list"], { resourceNames: ["app-tls", ""] })), clusterRoleBinding()],
      severity: "high",
    },
    { name: "by a wildcard for resources", objects: [clusterRole(secrets(["get"], { resources: ["*"] })), clusterRoleBinding()] },
    {
      name: "one of several resources of a role that two bindings share",
      objects: [
        clusterRole(secrets(["get"], { resources: ["pods", "secrets"] })),
        clusterRoleBinding(),
        clusterRoleBinding({ name: "two", subjects: [{ kind: "Group", name: "ops" }] }),
      ],
      target,
    },
    {
      name: "a shipped role that a role of one's own adds it to",
      objects: [
        clusterRole({ ...secrets(["list"]), name: "view", aggregationRule: into("view") }),
        clusterRole({ ...secrets(["list"]), name: "system:aggregate-to-readers", labels: added("view") }),
        roleBinding({ roleRef: { kind: "ClusterRole", name: "view" } }),
      ],
      target,
      remedy: false,
    },
    {
      name: "a shipped role beside one of one's own",
      objects: [clusterRole({ ...secrets(["get"]), name: "edit" }), roleBinding({ name: "shipped", ...edit }), role(secrets(["get"])), roleBinding()],
      target,
    },
  ],
  passes: [
    { name: "bound to cluster-admin in a namespace, by a role that gives nothing", objects: [clusterRole({ name: "cluster-admin" }), roleBinding(admin)] },
    { name: "other resources", objects: [clusterRole(), clusterRoleBinding()] },
    { name: "only writes", objects: [clusterRole(secrets(["create", "deletecollection"])), clusterRoleBinding()] },
    { name: "another API group", objects: [clusterRole(secrets(["get"], { apiGroups: ["apps"] })), clusterRoleBinding()] },
    { name: "no API group at all", objects: [clusterRole(secrets(["get"], { apiGroups: [] })), clusterRoleBinding()] },
    { name: "the role does not exist", objects: [clusterRoleBinding()] },
  ],
  notApplicable: [
    { name: "only through the shipped role edit", objects: [clusterRole({ ...secrets(["get"]), name: "edit" }), roleBinding(edit)] },
    {
      name: "only through the shipped part of the shipped role edit",
      objects: [
        clusterRole({ ...secrets(["get"]), name: "edit", aggregationRule: into("edit") }),
        clusterRole({ ...secrets(["get"]), name: "system:aggregate-to-edit", labels: added("edit") }),
        roleBinding(edit),
      ],
      target,
    },
    { name: "bound to cluster-admin, and in a namespace to a role that cannot", objects: [adminRole, clusterRoleBinding(admin), role(), roleBinding()] },
    {
      name: "the group that Kubernetes binds to cluster-admin",
      objects: [adminRole, clusterRoleBinding({ ...admin, subjects: [masters] }), clusterRole(secrets(["get"])), clusterRoleBinding({ subjects: [masters] })],
    },
  ],
  subsumed: [
    { name: "everything is allowed", objects: [clusterRole(everything), clusterRoleBinding()] },
    { name: "bound to cluster-admin", objects: [adminRole, clusterRoleBinding(admin)], target },
    {
      name: "bound to cluster-admin, and in a namespace to a role that can",
      objects: [adminRole, clusterRoleBinding(admin), role(secrets(["get"])), roleBinding()],
    },
    { name: "bound to cluster-admin in a namespace", objects: [adminRole, roleBinding(admin)] },
    {
      name: "bound to cluster-admin in a namespace, and to the shipped role edit in another one",
      objects: [
        adminRole,
        roleBinding(admin),
        clusterRole({ ...secrets(["get"]), name: "edit" }),
        roleBinding({ ...edit, namespace: "pay", subjects: [{ ...target, namespace: "shop" }] }),
      ],
      target,
    },
  ],
  unknown: [{ name: "bindings could not be read", objects: [clusterRole(secrets(["get"])), clusterRoleBinding()], missing: ["bindings"] }],
});
