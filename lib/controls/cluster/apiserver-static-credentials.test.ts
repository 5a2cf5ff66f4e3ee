import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-static-credentials";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "a token file", objects: server("--token-auth-file=/etc/tokens.csv"), evidence: [{ path: "spec.containers[0].command[1]" }] },
    { name: "a password file of old", objects: server("--basic-auth-file", "/etc/users.csv") },
  ],
  passes: [{ name: "neither", objects: server("--v=2") }],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
