import { daemonSet, node, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-kubelet-skew";

const runs = (kubeletVersion: string) => node({ status: { nodeInfo: { kubeletVersion } } });

const proxy = (tag: string, part: object = {}) =>
  daemonSet({ name: "kube-proxy", namespace: "kube-system", container: { name: "kube-proxy", image: `registry.k8s.io/kube-proxy${tag}` }, ...part });
const onWindows = { podSpec: { nodeSelector: { "kubernetes.io/os": "windows" } } };
const livePod = (nodeName: string, tag: string) =>
  pod({
    name: `kube-proxy-${nodeName}`,
    namespace: "kube-system",
    podLabels: { app: "kube-proxy" },
    metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "kube-proxy", controller: true }] },
    podSpec: { nodeName },
    container: { name: "kube-proxy", image: `registry.k8s.io/kube-proxy${tag}` },
  });

describeControl(control, {
  fails: [
    {
      name: "a kube-proxy that was left behind",
      objects: [runs("v1.36.1"), proxy(":v1.32.4")],
      kubeVersion: "1.36",
      target: { kind: "Node", name: "worker-1" },
      evidence: [
        {
          path: "spec.template.spec.containers[0].image",
          value: "registry.k8s.io/kube-proxy:v1.32.4",
          message: "The kube-proxy v1.32.4 of DaemonSet kube-proxy is 4 minors behind the API server v1.36.0; at most 3 are supported.",
        },
      ],
      severity: "high",
    },
    {
      name: "a kube-proxy that is newer than the server",
      objects: [runs("v1.36.1"), proxy(":v1.37.0-minimal-eksbuild.1")],
      kubeVersion: "1.36",
      severity: "high",
    },
    { name: "a kube-proxy three minors behind", objects: [runs("v1.36.1"), proxy(":v1.33.0")], kubeVersion: "1.36", severity: "medium" },
    { name: "a kube-proxy that was left behind, on a node that does not say its kubelet", objects: [runs(""), proxy(":v1.31.0")], kubeVersion: "1.36" },
    {
      name: "one pod of kube-proxy that was left behind",
      objects: [runs("v1.36.1"), proxy(":v1.36.0"), livePod("worker-1", ":v1.31.0")],
      kubeVersion: "1.36",
      target: { kind: "Node", name: "worker-1" },
      evidence: [
        {
          path: "",
          value: null,
          message: "The kube-proxy v1.31.0 in a running pod of DaemonSet kube-proxy is 5 minors behind the API server v1.36.0; at most 3 are supported.",
        },
      ],
    },
    {
      name: "each of two pods of kube-proxy that were left behind",
      objects: [runs("v1.36.1"), proxy(":v1.36.0"), livePod("worker-0", ":v1.31.0"), livePod("worker-1", ":v1.31.0"), livePod("worker-2", ":v1.31.0")],
      kubeVersion: "1.36",
      target: { kind: "Node", name: "worker-1" },
    },
    { name: "a kubelet that was left behind, where workloads were not read", objects: [runs("v1.31.0")], missing: ["workloads"], kubeVersion: "1.36" },
    {
      name: "newer than the server",
      objects: [runs("v1.37.0")],
      kubeVersion: "1.36",
      evidence: [{ path: "status.nodeInfo.kubeletVersion", value: "v1.37.0" }],
      severity: "high",
    },
    { name: "four minors behind", objects: [runs("v1.32.4-eks-1")], kubeVersion: "1.36", severity: "high" },
    { name: "three minors behind, of which a kubelet before 1.25 supports two", objects: [runs("v1.24.17")], kubeVersion: "1.27", severity: "high" },
    {
      name: "a node of Fargate, whose kubelet is as old as its pod",
      objects: [node({ labels: { "eks.amazonaws.com/compute-type": "fargate" }, status: { nodeInfo: { kubeletVersion: "v1.31.13-eks-113cf36" } } })],
      kubeVersion: "1.36",
    },
    { name: "three minors behind, the most that is supported", objects: [runs("v1.33.4")], kubeVersion: "1.36", severity: "medium" },
  ],
  passes: [
    {
      name: "a kube-proxy of the same version, whatever the node says of it",
      objects: [node({ status: { nodeInfo: { kubeletVersion: "v1.36.1", kubeProxyVersion: "v1.20.0" } } }), proxy(":v1.36.0")],
      kubeVersion: "1.36",
    },
    { name: "a kube-proxy for nodes of another kind", objects: [runs("v1.36.1"), proxy(":v1.30.0", onWindows)], kubeVersion: "1.36" },
    { name: "a kube-proxy of another namespace", objects: [runs("v1.36.1"), proxy(":v1.30.0", { namespace: "shop" })], kubeVersion: "1.36" },
    {
      name: "a program that only has its name",
      objects: [
        runs("v1.36.1"),
        daemonSet({ name: "kube-proxy", namespace: "kube-system", container: { image: "registry.example.com/kube-proxy-exporter:v1.1.0" } }),
      ],
      kubeVersion: "1.36",
    },
    {
      name: "one pod of kube-proxy on another node that was left behind",
      objects: [runs("v1.36.1"), proxy(":v1.36.0"), livePod("worker-1", ":v1.36.0"), livePod("worker-2", ":v1.31.0")],
      kubeVersion: "1.36",
      target: { kind: "Node", name: "worker-1" },
    },
    { name: "the same", objects: [runs("v1.36.1+k3s1")], kubeVersion: "1.36" },
    { name: "two minors behind", objects: [runs("v1.34.9")], kubeVersion: "1.36" },
  ],
  notApplicable: [
    {
      name: "a virtual kubelet, whose version is that of the library that it is made with",
      objects: [node({ labels: { type: "virtual-kubelet" }, status: { nodeInfo: { kubeletVersion: "v1.25.0-vk-azure-aci-1.6.2" } } })],
      kubeVersion: "1.36",
    },
    {
      name: "a node that vCluster makes up",
      objects: [node({ labels: { "vcluster.loft.sh/fake-node": "true" }, status: { nodeInfo: { kubeletVersion: "v1.19.1" } } })],
      kubeVersion: "1.36",
    },
  ],
  unknown: [
    { name: "a kube-proxy whose image tells no version", objects: [runs("v1.36.1"), proxy(`@sha256:${"0123456789abcdef".repeat(4)}`)], kubeVersion: "1.36" },
    { name: "workloads that were not read", objects: [runs("v1.36.1")], missing: ["workloads"], kubeVersion: "1.36" },
    { name: "no version of the server", objects: [runs("v1.36.1")] },
    { name: "no version of the kubelet", objects: [runs("")], kubeVersion: "1.36" },
  ],
});
