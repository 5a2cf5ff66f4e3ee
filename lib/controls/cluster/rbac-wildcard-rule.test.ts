import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-wildcard-rule";

const rule = (part: object) => ({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"], ...part }] });
const bound = (part: object) => [clusterRole(rule(part)), clusterRoleBinding()];
const selectors = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] } };
const shipped = {
  name: "cluster-admin",
  labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
  rules: [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ],
};

describeControl(control, {
  fails: [
    { name: "every verb", objects: bound({ verbs: ["*"] }), severity: "medium", evidence: [{ path: "rules[0].verbs" }] },
    {
      name: "every resource, with writes",
      objects: bound({ resources: ["*"], verbs: ["get", "delete"] }),
      severity: "high",
      evidence: [{ path: "rules[0].resources" }],
    },
    { name: "every resource, to read", objects: bound({ resources: ["*"] }), severity: "medium" },
    {
      name: "every resource of one other group",
      objects: bound({ apiGroups: ["apps"], resources: ["*"], verbs: ["delete"] }),
      severity: "medium",
      evidence: [{ path: "rules[0].resources", message: "The rule names every resource of its API groups." }],
    },
    { name: "every group", objects: bound({ apiGroups: ["*"] }), evidence: [{ path: "rules[0].apiGroups" }] },
    { name: "exec in every kind", objects: bound({ resources: ["*/exec"], verbs: ["create"] }) },
    {
      name: "every path",
      objects: bound({ apiGroups: undefined, resources: undefined, nonResourceURLs: ["*"], verbs: ["post"] }),
      evidence: [{ path: "rules[0].nonResourceURLs" }],
    },
    { name: "every path, by its prefix", objects: bound({ apiGroups: undefined, resources: undefined, nonResourceURLs: ["/*"], verbs: ["post"] }) },
    { name: "in a Role", objects: [role(rule({ verbs: ["*"] })), roleBinding()] },
    {
      name: "bound through roles that take its rules",
      objects: [
        clusterRole({ labels: { a: "b" }, ...rule({ verbs: ["*"] }) }),
        clusterRole({ name: "middle", labels: { c: "d" }, ...selectors }),
        clusterRole({ name: "top", aggregationRule: { clusterRoleSelectors: [{ matchLabels: { c: "d" } }] } }),
        clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "top" } }),
      ],
      target: { kind: "ClusterRole", name: "app" },
      severity: "medium",
    },
    { name: "nothing binds the role", objects: [clusterRole(rule({ resources: ["*"], verbs: ["*"] }))], severity: "low" },
    { name: "a shipped name with rules of one's own", objects: [clusterRole({ ...shipped, name: "system:basic-user" })], severity: "low" },
  ],
  passes: [
    { name: "everything is named", objects: [clusterRole(), clusterRoleBinding()] },
    { name: "scale of every kind", objects: bound({ resources: ["*/scale"] }) },
    { name: "pods/* matches nothing", objects: bound({ resources: ["pods/*"] }) },
    { name: "a name that is a star is a name", objects: bound({ resourceNames: ["*"] }) },
    { name: "reading every path", objects: bound({ apiGroups: undefined, resources: undefined, nonResourceURLs: ["*"] }) },
    { name: "rules that are null", objects: [clusterRole({ rules: null }), clusterRoleBinding()] },
  ],
  notApplicable: [
    { name: "what the API server ships", objects: [clusterRole(shipped)] },
    { name: "an aggregated role, whose sources are judged", objects: [clusterRole({ ...rule({ verbs: ["*"] }), ...selectors })] },
  ],
});
