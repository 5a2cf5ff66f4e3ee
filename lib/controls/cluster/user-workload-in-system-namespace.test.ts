import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./user-workload-in-system-namespace";

const inSystem = (image: string) => [deployment({ namespace: "kube-system", container: { image } })];

describeControl(control, {
  fails: [
    {
      name: "an image of nobody known",
      objects: inSystem("docker.io/xmrig/miner:1.0.0"),
      severity: "medium",
      evidence: [{ path: "spec.template.spec.containers[0].image" }],
    },
    { name: "another path of a registry of Oracle", objects: inSystem("iad.ocir.io/shop/oke-public-miner:1") },
    { name: "another path of a registry of Alibaba", objects: inSystem("registry-cn-hangzhou.ack.aliyuncs.com/shop/acs/terway:v1") },
    { name: "another image of NVIDIA", objects: inSystem("nvcr.io/nvidia/cuda:12.8.0-base") },
    { name: "another image of a Docker Hub user", objects: inSystem("docker/getting-started:latest") },
    { name: "another path of a registry of Google", objects: inSystem("us-central1-artifactregistry.gcr.io/shop/fluent-bit:v1") },
    { name: "a name that ends as an architecture does", objects: inSystem("example.com/miner-amd64:1") },
    { name: "a registry that begins like a known one", objects: inSystem("registry.k8s.io.evil.example/app:1") },
    {
      name: "a helper container",
      objects: [
        deployment({
          namespace: "kube-system",
          podSpec: {
            containers: [
              { name: "dns", image: "registry.k8s.io/coredns/coredns:v1.12.0" },
              { name: "helper", image: "example.com/helper:1" },
            ],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[1].image", container: "helper" }],
    },
  ],
  passes: [
    { name: "a component of Kubernetes", objects: inSystem("registry.k8s.io/kube-proxy:v1.35.0") },
    { name: "one of one architecture, from a mirror", objects: inSystem("registry.example.com/k8s/kube-proxy-amd64:v1.18.20") },
    { name: "one from where registry.k8s.io leads", objects: inSystem("europe-west4-docker.pkg.dev/k8s-artifacts-prod/images/kube-state-metrics:v2.17.0") },
    { name: "Calico from the registry of Google", objects: inSystem("gcr.io/projectcalico-org/typha:v3.8.9-1") },
    { name: "a part of OKD", objects: inSystem(`quay.io/okd/scos-content@sha256:${"a".repeat(64)}`) },
    { name: "a controller whose own installation puts it there", objects: inSystem("docker.io/bitnami/sealed-secrets-controller:0.30.0") },
    { name: "a device plugin of NVIDIA, as it is installed", objects: inSystem("nvcr.io/nvidia/k8s-device-plugin:v0.17.1") },
    { name: "Multus", objects: inSystem("ghcr.io/k8snetworkplumbingwg/multus-cni:v4.2.2-thick") },
    { name: "Kube-OVN", objects: inSystem("kubeovn/kube-ovn:v1.14.0") },
    { name: "the CSI proxy of Windows nodes", objects: inSystem("ghcr.io/kubernetes-sigs/sig-windows/csi-proxy:v1.1.3") },
    { name: "an add-on of EKS", objects: inSystem("602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1.11.4") },
    {
      name: "an add-on of GKE, from a registry of its region",
      objects: inSystem("us-central1-artifactregistry.gcr.io/gke-release/gke-release/fluent-bit:v1.8.12"),
    },
    { name: "an add-on of AKS", objects: inSystem("mcr.microsoft.com/azure-policy/policy-kubernetes-addon-prod:prod_20250301.1") },
    { name: "a part of k0s", objects: inSystem("quay.io/k0sproject/kube-router:v2.6.1-iptables1.8.11-0") },
    { name: "a part of MicroK8s", objects: inSystem("cdkbot/hostpath-provisioner:1.5.0") },
    { name: "a part of Talos", objects: inSystem("ghcr.io/siderolabs/flannel:v0.27.4") },
    { name: "a part of Docker Desktop", objects: inSystem("docker/desktop-vpnkit-controller:v4.0") },
    { name: "a part of OKE", objects: inSystem("eu-frankfurt-1.ocir.io/axoxdievda5j/oke-public-kube-proxy:v1.34.1") },
    { name: "a part of DigitalOcean Kubernetes", objects: inSystem("ghcr.io/digitalocean-packages/cilium:v1.19.3") },
    { name: "a part of LKE", objects: inSystem("linode/linode-blockstorage-csi-driver:v1.0.3") },
    { name: "a part of IKS", objects: inSystem("us.icr.io/armada-master/haproxy:1") },
    { name: "a part of Gardener", objects: inSystem("europe-docker.pkg.dev/gardener-project/releases/3rd/envoyproxy/envoy-distroless:v1.35") },
    { name: "a part of ACK", objects: inSystem("registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/terway:v1.16.8") },
    { name: "a part of TKE", objects: inSystem("ccr.ccs.tencentyun.com/tkeimages/tke-cni-agent:v0.0.7") },
    { name: "a mirror in a private registry", objects: inSystem("harbor.example.com/mirror/metrics-server:v0.8.0") },
  ],
  notApplicable: [{ name: "any other namespace", objects: [deployment()] }],
  unknown: [
    {
      name: "no image, as in a part that is laid over another manifest",
      objects: [deployment({ namespace: "kube-system", podSpec: { containers: [{ name: "app" }] } })],
      reason: "Container app names no image that a runtime would accept.",
    },
  ],
});
