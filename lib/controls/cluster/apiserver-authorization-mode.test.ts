import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-authorization-mode";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    {
      name: "no mode at all",
      objects: server(),
      evidence: ["AlwaysAllow", "Node", "RBAC"].map((mode) => ({ path: "spec.containers[0].command", check: `kube-apiserver ${mode}` })),
      severity: "critical",
    },
    {
      name: "AlwaysAllow, without RBAC",
      objects: server("--authorization-mode=Node,AlwaysAllow"),
      evidence: [
        { path: "spec.containers[0].command[1]", check: "kube-apiserver AlwaysAllow" },
        { path: "spec.containers[0].command[1]", check: "kube-apiserver RBAC", message: "RBAC is not among the modes.", severity: "high" },
      ],
      severity: "critical",
    },
    {
      name: "AlwaysAllow, and the rest in a second flag",
      objects: server("--authorization-mode=AlwaysAllow", "--authorization-mode=Node,RBAC"),
      evidence: [{ path: "spec.containers[0].command[1]", value: "--authorization-mode=AlwaysAllow" }],
      severity: "critical",
    },
    { name: "without Node", objects: server("--authorization-mode=RBAC"), severity: "high" },
    { name: "without RBAC", objects: server("--authorization-mode=Node,Webhook"), severity: "high" },
    { name: "with ABAC", objects: server("--authorization-mode=Node,RBAC,ABAC"), severity: "medium" },
  ],
  passes: [
    { name: "Node and RBAC", objects: server("--authorization-mode=Node,RBAC") },
    { name: "one flag each", objects: server("--authorization-mode=Node", "--authorization-mode=RBAC") },
    { name: "with a webhook", objects: server("--authorization-mode=Node,RBAC,Webhook") },
  ],
  unknown: [{ name: "the modes are in a file", objects: server("--authorization-config=/etc/a.yaml") }],
});
