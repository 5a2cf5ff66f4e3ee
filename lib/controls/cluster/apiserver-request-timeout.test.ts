import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-request-timeout";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "requests may take an hour", objects: server("--request-timeout=1h"), evidence: [{ path: "spec.containers[0].command[1]" }], severity: "info" },
    { name: "requests never end", objects: server("--request-timeout=0") },
    { name: "an hour and a half", objects: server("--request-timeout=1.5h") },
    { name: "an hour in milliseconds", objects: server("--request-timeout=3600000ms") },
    { name: "a second too long", objects: server("--request-timeout=5m1s") },
  ],
  passes: [
    { name: "a minute in milliseconds", objects: server("--request-timeout=60000ms") },
    { name: "the default", objects: server() },
    { name: "five minutes", objects: server("--request-timeout=5m") },
    { name: "two and a half", objects: server("--request-timeout=2m30s") },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
