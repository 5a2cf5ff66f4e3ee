import { clusterRole, clusterRoleBinding, role } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-aggregation-widening";

const into = (target: string) => ({ labels: { [`rbac.authorization.k8s.io/aggregate-to-${target}`]: "true" } });
const rules = (group: string, resources: string[], verbs: string[]) => ({ rules: [{ apiGroups: [group], resources, verbs }] });
const ops = clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "view" }, subjects: [{ kind: "Group", name: "ops" }] });

describeControl(control, {
  fails: [
    {
      name: "Secrets into view",
      objects: [clusterRole({ ...into("view"), ...rules("", ["secrets"], ["get"]) })],
      severity: "medium",
      evidence: [{ path: "rules[0]" }],
    },
    {
      name: "looking into pods, by which commands run there, into view",
      objects: [clusterRole({ ...into("view"), ...rules("", ["pods/exec"], ["get"]) })],
    },
    {
      name: "writes into view, which a group has",
      objects: [ops, clusterRole({ ...into("view"), ...rules("example.com", ["widgets"], ["update"]) })],
      severity: "high",
    },
    { name: "acting as others into view", objects: [clusterRole({ ...into("view"), ...rules("", ["serviceaccounts"], ["impersonate"]) })] },
    { name: "bind into view", objects: [clusterRole({ ...into("view"), ...rules("rbac.authorization.k8s.io", ["clusterroles"], ["bind"]) })] },
    { name: "writing roles into edit", objects: [clusterRole({ ...into("edit"), ...rules("rbac.authorization.k8s.io", ["rolebindings"], ["create"]) })] },
    { name: "escalate into admin", objects: [clusterRole({ ...into("admin"), ...rules("rbac.authorization.k8s.io", ["roles"], ["escalate"]) })] },
  ],
  passes: [
    { name: "reading a custom kind into view", objects: [clusterRole({ ...into("view"), ...rules("example.com", ["widgets"], ["get", "list"]) })] },
    { name: "writing a custom kind into edit", objects: [clusterRole({ ...into("edit"), ...rules("example.com", ["widgets"], ["*"]) })] },
    {
      name: "writing roles into admin, which does so anyway",
      objects: [clusterRole({ ...into("admin"), ...rules("rbac.authorization.k8s.io", ["rolebindings"], ["create"]) })],
    },
    { name: "no label", objects: [clusterRole(rules("", ["secrets"], ["get"]))] },
  ],
  notApplicable: [{ name: "a Role", objects: [role()] }],
});
