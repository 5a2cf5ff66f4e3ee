import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./default-sa-privileged";

const subject = { kind: "ServiceAccount", name: "default", namespace: "shop" };
const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };

describeControl(control, {
  fails: [
    { name: "weak rights", objects: [role(), roleBinding({ subjects: [subject] })], severity: "medium", evidence: [{ path: "subjects[0]" }] },
    {
      name: "strong rights, without a namespace in the subject",
      objects: [role(secrets), roleBinding({ subjects: [{ kind: "ServiceAccount", name: "default" }] })],
      severity: "high",
    },
    {
      name: "all accounts of a namespace",
      objects: [clusterRole(secrets), clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:serviceaccounts:shop" }] })],
      severity: "high",
    },
    {
      name: "a shipped role for people who write, which no manifest lists",
      objects: [roleBinding({ roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [subject] })],
      severity: "high",
    },
    {
      name: "by its user name",
      objects: [role(secrets), roleBinding({ subjects: [{ kind: "User", name: "system:serviceaccount:shop:default" }] })],
      severity: "high",
    },
  ],
  passes: [
    { name: "an account of its own", objects: [role(), roleBinding()] },
    {
      name: "all accounts of the cluster, judged by another control",
      objects: [clusterRole(), clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:serviceaccounts" }] })],
    },
  ],
});
