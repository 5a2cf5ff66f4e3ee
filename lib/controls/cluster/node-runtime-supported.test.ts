import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-runtime-supported";

const runs = (containerRuntimeVersion: string, part: object = {}) => node({ ...part, status: { nodeInfo: { containerRuntimeVersion } } });

describeControl(control, {
  fails: [
    { name: "Docker Engine", objects: [runs("docker://19.3.1")], severity: "high" },
    {
      name: "containerd past its end",
      objects: [runs("containerd://1.6.33")],
      severity: "high",
      evidence: [{ path: "status.nodeInfo.containerRuntimeVersion", value: "containerd://1.6.33" }],
    },
    {
      name: "on a managed pool, where the vendor may patch",
      objects: [runs("containerd://1.7.27", { labels: { "kubernetes.azure.com/cluster": "a" } })],
      severity: "medium",
    },
    { name: "CRI-O of an old minor", objects: [runs("cri-o://1.29.1")], severity: "high" },
    {
      name: "CRI-O of before the table",
      objects: [runs("cri-o://1.13.0")],
      severity: "high",
      evidence: [{ path: "status.nodeInfo.containerRuntimeVersion", value: "cri-o://1.13.0" }],
    },
  ],
  passes: [
    { name: "a supported containerd", objects: [runs("containerd://2.3.1")] },
    { name: "CRI-O of a supported minor", objects: [runs("cri-o://1.36.0")] },
  ],
  notApplicable: [
    { name: "Fargate", objects: [runs("containerd://1.6.1", { labels: { "eks.amazonaws.com/compute-type": "fargate" } })] },
    { name: "a node that vCluster makes up", objects: [runs("docker://19.3.12", { labels: { "vcluster.loft.sh/fake-node": "true" } })] },
    { name: "a virtual node of OKE", objects: [runs("", { labels: { "node-role.kubernetes.io/virtual-node": "" } })] },
    { name: "a virtual kubelet by its taint", objects: [runs("", { spec: { taints: [{ key: "virtual-kubelet.io/provider", effect: "NoSchedule" }] } })] },
  ],
  unknown: [
    { name: "newer than the table", objects: [runs("containerd://2.4.0")] },
    {
      name: "on OpenShift, which is supported for longer than its parts",
      objects: [runs("cri-o://1.31.13-2.rhaos4.18.git", { labels: { "node.openshift.io/os_id": "rhcos" } })],
      reason: "Its project's support of cri-o 1.31 ended on 2025-11-11; until when OpenShift has fixes for it is not in our tables.",
    },
    { name: "CRI-O newer than the table", objects: [runs("cri-o://1.99.0")] },
    { name: "another runtime", objects: [runs("frakti://1.0.0")] },
    { name: "a node that says nothing", objects: [node({ status: null })] },
  ],
});
