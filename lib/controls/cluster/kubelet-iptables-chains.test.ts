import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-iptables-chains";

describeKubeletControl(control, {
  fails: {
    "switched off": { settings: { makeIPTablesUtilChains: false }, path: "makeIPTablesUtilChains", severity: "low" },
  },
  passes: {
    kept: {},
    "not set": { makeIPTablesUtilChains: undefined },
  },
  notApplicable: [{ name: "a Windows node", objects: [node({ labels: { "kubernetes.io/os": "windows" } }), kubeletConfig()] }],
});
