import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./apiserver-kubelet-tls";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-apiserver", flags)];

describeControl(control, {
  fails: [
    {
      name: "kubelets are not verified, as kubeadm leaves it",
      objects: server("--kubelet-client-certificate=/c", "--kubelet-client-key=/k"),
      severity: "medium",
    },
    { name: "no client certificate", objects: server("--kubelet-certificate-authority=/ca"), severity: "high" },
  ],
  passes: [{ name: "both ways", objects: server("--kubelet-client-certificate=/c", "--kubelet-client-key=/k", "--kubelet-certificate-authority=/ca") }],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [{ name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] }],
});
