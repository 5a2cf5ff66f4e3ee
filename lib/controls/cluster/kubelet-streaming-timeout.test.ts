import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-streaming-timeout";

describeKubeletControl(control, {
  fails: {
    zero: { settings: { streamingConnectionIdleTimeout: "0s" }, path: "streamingConnectionIdleTimeout", severity: "low" },
    "zero, written out": { settings: { streamingConnectionIdleTimeout: "0h0m0s" }, path: "streamingConnectionIdleTimeout", severity: "low" },
  },
  passes: {
    "the default": {},
    "not set": { streamingConnectionIdleTimeout: undefined },
    "half a second": { streamingConnectionIdleTimeout: "0.5s" },
  },
  notApplicable: [
    {
      name: "a kubelet that takes no notice of it",
      objects: [node({ status: { nodeInfo: { kubeletVersion: "v1.37.0" } } }), kubeletConfig({ streamingConnectionIdleTimeout: "0s" })],
    },
  ],
});
