import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-recommended-admission";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "none of the three", objects: server("--enable-admission-plugins=NodeRestriction") },
    {
      name: "one is missing",
      objects: server("--enable-admission-plugins=AlwaysPullImages,EventRateLimit"),
      evidence: [{ path: "spec.containers[0].command[1]" }],
    },
  ],
  passes: [{ name: "all three", objects: server("--enable-admission-plugins=AlwaysPullImages,EventRateLimit,DenyServiceExternalIPs") }],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
