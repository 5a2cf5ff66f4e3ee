import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-seccomp-default";

describeKubeletControl(control, {
  fails: {
    "not set": { settings: { seccompDefault: undefined }, path: "seccompDefault", severity: "medium" },
    "switched off": { settings: { seccompDefault: false }, path: "seccompDefault", severity: "medium" },
  },
  passes: {
    "switched on": {},
  },
  notApplicable: [{ name: "a Windows node", objects: [node({ labels: { "kubernetes.io/os": "windows" } }), kubeletConfig()] }],
});
