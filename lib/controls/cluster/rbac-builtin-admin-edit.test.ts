import { clusterRoleBinding, deployment, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-builtin-admin-edit";

const bound = (name: string, part: object = {}) => ({ roleRef: { kind: "ClusterRole", name }, ...part });
const jane = { subjects: [{ kind: "User", name: "jane" }] };
const mounting = deployment({ podSpec: { automountServiceAccountToken: true } });

describeControl(control, {
  fails: [
    { name: "in the whole cluster", objects: [clusterRoleBinding(bound("edit", jane))], severity: "high", evidence: [{ path: "subjects[0]", value: "edit" }] },
    {
      name: "in the whole cluster, judged apart from what is bound in kube-system",
      objects: [clusterRoleBinding(bound("edit", jane)), roleBinding({ ...bound("admin", jane), namespace: "kube-system" })],
      target: { kind: "User", name: "jane" },
      severity: "high",
    },
    { name: "in kube-system", objects: [roleBinding({ ...bound("admin", jane), namespace: "kube-system" })], severity: "critical" },
    {
      name: "for an account whose token a workload mounts",
      objects: [roleBinding(bound("edit")), mounting, serviceAccount()],
      severity: "medium",
      target: { kind: "ServiceAccount", name: "app" },
    },
  ],
  passes: [
    { name: "a person in an ordinary namespace", objects: [roleBinding(bound("admin", jane))] },
    { name: "an account whose token nothing mounts", objects: [roleBinding(bound("edit")), deployment(), serviceAccount()] },
    { name: "view in the whole cluster", objects: [clusterRoleBinding(bound("view", jane))] },
  ],
  unknown: [{ name: "workloads could not be read", objects: [clusterRoleBinding(bound("edit", jane))], missing: ["workloads"] }],
});
