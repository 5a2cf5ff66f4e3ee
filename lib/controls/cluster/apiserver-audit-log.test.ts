import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-audit-log";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "no log", objects: server(), evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver audit-log-path" }], severity: "high" },
    {
      name: "a log without a policy",
      objects: server("--audit-log-path=/l"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver audit-policy-file" }],
      severity: "high",
    },
    { name: "a webhook without a policy", objects: server("--audit-webhook-config-file=/w"), severity: "high" },
  ],
  passes: [
    { name: "a log, however long it is kept", objects: server("--audit-policy-file=/p", "--audit-log-path=/l") },
    { name: "a log to standard output", objects: server("--audit-policy-file=/p", "--audit-log-path=-") },
    { name: "a webhook alone", objects: server("--audit-policy-file=/p", "--audit-webhook-config-file=/w") },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
