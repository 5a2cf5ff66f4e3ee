import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-encryption-at-rest";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "no configuration", objects: server() },
    { name: "an emptied flag", objects: server("--encryption-provider-config=") },
  ],
  passes: [{ name: "a configuration, whose content is not shown", objects: server("--encryption-provider-config=/e.yaml") }],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
