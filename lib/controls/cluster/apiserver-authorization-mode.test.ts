import { componentPod, controlPlaneNode, controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-authorization-mode";

const server = controlPlaneOf("kube-apiserver");

const withVariable = (env: object, ...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags, { container: env })];
const valueFrom = { configMapKeyRef: { name: "flags", key: "modes" } };

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
    {
      name: "modes in the manifest, beside a ConfigMap of variables",
      objects: withVariable({ env: [{ name: "MODES", value: "Node,RBAC" }], envFrom: [{ configMapRef: { name: "a" } }] }, "--authorization-mode=$(MODES)"),
    },
    { name: "with a webhook", objects: server("--authorization-mode=Node,RBAC,Webhook") },
  ],
  unknown: [
    { name: "the modes are in a file", objects: server("--authorization-config=/etc/a.yaml") },
    {
      name: "the modes are in a ConfigMap",
      objects: withVariable({ env: [{ name: "MODES", valueFrom }] }, "--authorization-mode=$(MODES)"),
      reason: "The value of --authorization-mode is in a ConfigMap or Secret, which is not read for it.",
    },
    { name: "one mode is in a ConfigMap", objects: withVariable({ env: [{ name: "MODE", valueFrom }] }, "--authorization-mode=Node,$(MODE)") },
    { name: "the modes are in a Secret of variables", objects: withVariable({ envFrom: [{ secretRef: { name: "flags" } }] }, "--authorization-mode=$(MODES)") },
    {
      name: "the modes are in a ConfigMap, by way of another variable",
      objects: withVariable(
        {
          env: [
            { name: "A", valueFrom },
            { name: "MODES", value: "$(A)" },
          ],
        },
        "--authorization-mode",
        "$(MODES)",
      ),
    },
  ],
});
