import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-kubelet-tls";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    {
      name: "kubelets are not verified, as kubeadm leaves it",
      objects: server("--kubelet-client-certificate=/c", "--kubelet-client-key=/k"),
      severity: "medium",
    },
    { name: "no client certificate", objects: server("--kubelet-certificate-authority=/ca"), severity: "high" },
  ],
  passes: [{ name: "both ways", objects: server("--kubelet-client-certificate=/c", "--kubelet-client-key=/k", "--kubelet-certificate-authority=/ca") }],
});
