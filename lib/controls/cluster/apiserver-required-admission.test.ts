import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-required-admission";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    { name: "without NodeRestriction", objects: server(), severity: "high" },
    {
      name: "a default plugin is switched off",
      objects: server("--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=PodSecurity"),
      evidence: [{ path: "spec.containers[0].command[2]" }],
    },
    { name: "AlwaysAdmit", objects: server("--enable-admission-plugins=NodeRestriction,AlwaysAdmit"), severity: "critical" },
  ],
  passes: [
    {
      name: "NodeRestriction and the defaults",
      objects: server("--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=StorageObjectInUseProtection"),
    },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
