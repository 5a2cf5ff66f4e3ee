import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-kubelet-skew";

const runs = (kubeletVersion: string) => node({ status: { nodeInfo: { kubeletVersion } } });

describeControl(control, {
  fails: [
    {
      name: "newer than the server",
      objects: [runs("v1.37.0")],
      kubeVersion: "1.36",
      evidence: [{ path: "status.nodeInfo.kubeletVersion", value: "v1.37.0" }],
      severity: "high",
    },
    { name: "four minors behind", objects: [runs("v1.32.4-eks-1")], kubeVersion: "1.36", severity: "high" },
    { name: "three minors behind, the most that is supported", objects: [runs("v1.33.4")], kubeVersion: "1.36", severity: "medium" },
  ],
  passes: [
    { name: "the same", objects: [runs("v1.36.1+k3s1")], kubeVersion: "1.36" },
    { name: "two minors behind", objects: [runs("v1.34.9")], kubeVersion: "1.36" },
  ],
  unknown: [
    { name: "no version of the server", objects: [runs("v1.36.1")] },
    { name: "no version of the kubelet", objects: [runs("")], kubeVersion: "1.36" },
  ],
});
