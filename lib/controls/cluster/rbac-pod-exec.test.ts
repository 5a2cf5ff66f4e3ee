import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-pod-exec";

const pods = (resources: string[], verbs: string[]) => ({ rules: [{ apiGroups: [""], resources, verbs }] });

describeControl(control, {
  fails: [
    {
      name: "exec everywhere",
      objects: [clusterRole(pods(["pods/exec"], ["create"])), clusterRoleBinding()],
      severity: "high",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "attach in a namespace", objects: [role(pods(["pods", "pods/attach"], ["create", "get"])), roleBinding()], severity: "medium" },
    { name: "exec of every kind", objects: [role(pods(["*/exec"], ["create"])), roleBinding()], severity: "medium" },
    { name: "forwarding ports alone", objects: [role(pods(["pods/portforward"], ["create"])), roleBinding()], severity: "low" },
    { name: "get before 1.35", objects: [role(pods(["pods/exec"], ["get"])), roleBinding()], kubeVersion: "1.34" },
    { name: "get on a version that is not known", objects: [role(pods(["pods/exec"], ["get"])), roleBinding()] },
  ],
  passes: [
    { name: "get from 1.35 on", objects: [role(pods(["pods/exec"], ["get"])), roleBinding()], kubeVersion: "1.35" },
    { name: "pods alone", objects: [role(pods(["pods"], ["create", "get", "list"])), roleBinding()] },
    { name: "pods/* matches nothing", objects: [role(pods(["pods/*"], ["create"])), roleBinding()] },
  ],
});
