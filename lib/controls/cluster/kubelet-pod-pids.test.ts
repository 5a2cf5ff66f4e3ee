import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-pod-pids";

describeKubeletControl(control, {
  fails: {
    "the default": { settings: { podPidsLimit: -1 }, path: "podPidsLimit", severity: "medium" },
    "not set": { settings: { podPidsLimit: undefined }, path: "podPidsLimit", severity: "medium" },
  },
  passes: {
    "a limit": {},
  },
  notApplicable: [{ name: "a Windows node", objects: [node({ labels: { "kubernetes.io/os": "windows" } }), kubeletConfig()] }],
});
