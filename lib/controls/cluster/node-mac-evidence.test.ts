import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-mac-evidence";

const ubuntu = { status: { nodeInfo: { osImage: "Ubuntu 22.04.5 LTS" } } };

describeControl(control, {
  passes: [
    { name: "Bottlerocket", objects: [node()] },
    { name: "CoreOS of OKD", objects: [node({ status: { nodeInfo: { osImage: "CentOS Stream CoreOS 9.0.20251014-0" } } })] },
    {
      name: "the kubelet reports AppArmor",
      objects: [
        node({
          status: {
            nodeInfo: { osImage: "Ubuntu 22.04.5 LTS" },
            conditions: [{ type: "Ready", status: "True", message: "kubelet is posting ready status. AppArmor enabled" }],
          },
        }),
      ],
    },
    { name: "Node Feature Discovery saw SELinux", objects: [node({ ...ubuntu, labels: { "feature.node.kubernetes.io/kernel-selinux.enabled": "true" } })] },
  ],
  notApplicable: [{ name: "Windows", objects: [node({ status: { nodeInfo: { operatingSystem: "windows" } } })] }],
  unknown: [{ name: "nothing gives it away", objects: [node(ubuntu)] }],
});
