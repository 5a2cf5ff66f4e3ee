import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-protect-kernel-defaults";

describeKubeletControl(control, {
  fails: {
    "not set": { settings: { protectKernelDefaults: undefined }, path: "protectKernelDefaults", severity: "info" },
  },
  passes: {
    "switched on": {},
  },
  notApplicable: [{ name: "a Windows node", objects: [node({ labels: { "kubernetes.io/os": "windows" } }), kubeletConfig()] }],
});
