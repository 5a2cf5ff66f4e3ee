import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-unsafe-sysctls";

describeKubeletControl(control, {
  fails: {
    "a whole family": { settings: { allowedUnsafeSysctls: ["net.*"] }, path: "allowedUnsafeSysctls", severity: "medium" },
  },
  passes: {
    none: {},
    "an empty list": { allowedUnsafeSysctls: [] },
  },
  notApplicable: [{ name: "a Windows node", objects: [node({ labels: { "kubernetes.io/os": "windows" } }), kubeletConfig()] }],
});
