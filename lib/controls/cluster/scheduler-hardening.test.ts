import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./scheduler-hardening";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-scheduler", flags)];

describeControl(control, {
  fails: [
    {
      name: "every address",
      objects: server("--bind-address=0.0.0.0"),
      evidence: [{ path: "spec.containers[0].command[1]", value: "--bind-address=0.0.0.0", message: "Its port is open on every address of the node." }],
    },
    {
      name: "one address of the node",
      objects: server("--bind-address=10.0.0.5"),
      evidence: [{ path: "spec.containers[0].command[1]", message: "Its port is open on 10.0.0.5." }],
    },
    { name: "left to its default, which is every address", objects: server() },
  ],
  passes: [
    { name: "no port at all", objects: server("--secure-port=0") },
    { name: "loopback", objects: server("--bind-address=127.0.0.1") },
    { name: "another address of loopback", objects: server("--bind-address=127.0.0.2") },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
