import { configMap, daemonSet, deployment, node } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { describeControl } from "../testing";
import control from "./cni-no-enforcement";

const plugin = (name: string, image: string, part: object = {}, more: object[] = []) =>
  daemonSet({ name, namespace: "kube-system", podSpec: { containers: [{ name, image, ...part }, ...more] } });
const nodeAgent = (...args: string[]) => ({
  name: "aws-eks-nodeagent",
  image: "602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon/aws-network-policy-agent:v1.2.7",
  args,
});
const vpcCni = "602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon-k8s-cni:v1.20.4";
const withAgent = plugin("aws-node", vpcCni, {}, [nodeAgent("--enable-network-policy=true")]);
const ownController = (arg?: string, name = "amazon-network-policy-controller-k8s", image = "controller", replicas = 1) =>
  deployment({ name, namespace: "kube-system", container: { image: `registry.example.com/${image}:v1`, args: arg ? [arg] : [] }, spec: { replicas } });
const ASKS_NONE = "--enable-configmap-check=false";
const kubeOvn = (...args: string[]) => [
  plugin("kube-ovn-cni", "docker.io/kubeovn/kube-ovn:v1.14.0"),
  deployment({ name: "kube-ovn-controller", namespace: "kube-system", container: { image: "docker.io/kubeovn/kube-ovn:v1.14.0", args } }),
];
const operator = deployment({ name: "tigera-operator", namespace: "tigera-operator", container: { image: "quay.io/tigera/operator:v1.38.0" } });
const cilium = plugin("cilium", "quay.io/cilium/cilium:v1.18.1");
const calico = plugin("calico-node", "quay.io/calico/node:v3.30.0");
const mirrored = plugin("calico-node", "registry.example.com/mirror/node:v3.30.0");
const kubeProxy = daemonSet({ name: "kube-proxy", namespace: "kube-system" });
const k3s = (...args: string[]) => node({ annotations: { "k3s.io/node-args": JSON.stringify(args) } });
const autoNode = node({ labels: { "eks.amazonaws.com/compute-type": "auto" } });
const autoConfig = (value: string) => configMap({ name: "amazon-vpc-cni", namespace: "kube-system", data: { "enable-network-policy-controller": value } });
const gkeNode = node({ name: "gke-a", labels: { "cloud.google.com/gke-nodepool": "a" } });
const aksNode = node({ name: "aks-a", labels: { "kubernetes.azure.com/cluster": "a" } });
const unknownPlugin = daemonSet({ name: "net", namespace: "net", podSpec: { volumes: [{ name: "cni", hostPath: { path: "/etc/cni/net.d" } }] } });
/** As kops and others run it on machines of AWS. */
const controlPlane = node({ name: "c", labels: { "node-role.kubernetes.io/control-plane": "" } });
const elsewhere = podOf(kubeProxy, "a", "True");

describeControl(control, {
  fails: [
    {
      name: "Flannel alone",
      objects: [daemonSet({ name: "kube-flannel-ds", namespace: "kube-flannel", container: { image: "ghcr.io/flannel-io/flannel:v0.27.0" } })],
      severity: "high",
    },
    { name: "Flannel as it was until 0.14", objects: [plugin("kube-flannel-ds-amd64", "quay.io/coreos/flannel:v0.13.0-amd64")] },
    { name: "Amazon VPC CNI without its agent", objects: [plugin("aws-node", vpcCni)] },
    { name: "Amazon VPC CNI with the agent off", objects: [plugin("aws-node", vpcCni, {}, [nodeAgent("--enable-network-policy=false")])] },
    {
      name: "Amazon VPC CNI with the agent on, then off",
      objects: [plugin("aws-node", vpcCni, {}, [nodeAgent("--enable-network-policy=true", "--enable-network-policy=false")])],
    },
    { name: "Amazon VPC CNI with the agent left to its default", objects: [plugin("aws-node", vpcCni, {}, [nodeAgent("--enable-ipv6=false")])] },
    {
      name: "Amazon VPC CNI with its agent, and the controller of EKS off",
      objects: [withAgent, ownController(), autoConfig("false")],
      evidence: [{ path: "", value: "Amazon VPC CNI", message: "ConfigMap amazon-vpc-cni leaves the network policy controller of EKS switched off." }],
    },
    {
      name: "Amazon VPC CNI with its agent, and nothing that switches the controller of EKS on",
      objects: [withAgent],
      evidence: [
        {
          path: "",
          value: "Amazon VPC CNI",
          message: "The network policy controller of EKS is off: there is no ConfigMap amazon-vpc-cni, which would switch it on.",
        },
      ],
    },
    { name: "Amazon VPC CNI with the controller of EKS told to be on in a word that it does not take for that", objects: [withAgent, autoConfig("True")] },
    {
      name: "Amazon VPC CNI with a controller that asks no ConfigMap, and does not run",
      objects: [withAgent, ownController(ASKS_NONE, undefined, undefined, 0)],
    },
    {
      name: "Kube-OVN told to leave policies alone",
      objects: kubeOvn("/kube-ovn/start-controller.sh", "--enable-np=true", "--enable-np=false"),
      evidence: [{ path: "", value: "Kube-OVN", message: "Kube-OVN is told to leave NetworkPolicies alone (--enable-np=false)." }],
    },
    {
      name: "Cilium told to enforce nothing, in capitals",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": "Never" } })],
    },
    {
      name: "Cilium told to enforce nothing",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": "never" } })],
      evidence: [{ path: 'data["enable-policy"]', value: "never" }],
    },
    {
      name: "Cilium told to report only, whatever else it is told",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": "always", "policy-audit-mode": "true" } })],
      evidence: [{ path: 'data["policy-audit-mode"]', value: "true" }],
    },
    {
      name: "Cilium told to ignore NetworkPolicies",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-k8s-networkpolicy": "false" } })],
      evidence: [{ path: 'data["enable-k8s-networkpolicy"]', value: "false" }],
    },
    { name: "EKS Auto Mode as it is made", objects: [autoNode], evidence: [{ path: "", value: "EKS Auto Mode" }] },
    { name: "EKS Auto Mode with its controller off", objects: [autoNode, autoConfig("false")] },
    { name: "Weave Net without its controller", objects: [plugin("weave-net", "docker.io/weaveworks/weave-kube:2.8.1")] },
    {
      name: "kube-router without its firewall",
      objects: [plugin("kube-router", "docker.io/cloudnativelabs/kube-router:v2.5.0", { args: ["--run-firewall=false"] })],
    },
    {
      name: "kube-router with its firewall on, then off",
      objects: [plugin("kube-router", "docker.io/cloudnativelabs/kube-router:v2.5.0", { args: ["--run-firewall", "--run-firewall=F"] })],
    },
    {
      name: "K3s told to leave policies alone",
      objects: [k3s("server", "--disable-network-policy"), node({ name: "agent", annotations: { "k3s.io/node-args": '["agent"]' } })],
      evidence: [{ path: "", value: "K3s", message: "K3s is told to run without its network policy controller (--disable-network-policy)." }],
    },
    { name: "K3s told so by its file", objects: [k3s("server", "--disable-network-policy", "true", "--tls-san", "a")] },
    { name: "Azure CNI alone", objects: [plugin("azure-cns", "mcr.microsoft.com/containernetworking/azure-cns:v1.6.30")] },
    { name: "VCN-native pod networking of Oracle alone", objects: [plugin("vcn-native-ip-cni", "iad.ocir.io/x/oke-public-vcn-native-ip-cni-plugin:3.0.0")] },
    {
      name: "GKE without Dataplane V2 and without network policy",
      objects: [gkeNode, kubeProxy],
      evidence: [{ path: "", value: "GKE", message: "Network policy enforcement of GKE is off: neither Dataplane V2 (anetd) nor Calico (calico-node) runs." }],
    },
    {
      name: "AKS with kubenet, or Azure CNI as it was, and without an engine for policies",
      objects: [aksNode, kubeProxy],
      evidence: [
        { path: "", value: "AKS", message: "No network policy engine of AKS runs: neither Cilium, Calico (calico-node) nor that of Azure (azure-npm)." },
      ],
    },
    {
      name: "Amazon VPC CNI outside of EKS, where its ConfigMap switches nothing on",
      objects: [withAgent, autoConfig("true"), controlPlane],
      evidence: [
        {
          path: "",
          value: "Amazon VPC CNI",
          message:
            "Amazon VPC CNI enforces what a controller makes of policies: outside of EKS that is amazon-network-policy-controller-k8s, which does not run here.",
        },
      ],
    },
    {
      name: "Amazon VPC CNI outside of EKS, with the name of its controller in somebody's own namespace",
      objects: [withAgent, autoConfig("true"), controlPlane, deployment({ name: "amazon-network-policy-controller-k8s", container: { image: "nginx:1" } })],
    },
    { name: "Amazon VPC CNI outside of EKS, with its controller told to be off", objects: [withAgent, autoConfig("false"), ownController(), controlPlane] },
    {
      name: "kube-router whose switch is a variable",
      objects: [
        plugin("kube-router", "docker.io/cloudnativelabs/kube-router:v2.5.0", {
          args: ["--run-firewall=$(FIREWALL)"],
          env: [{ name: "FIREWALL", value: "false" }],
        }),
      ],
    },
    { name: "an old kindnet", objects: [plugin("kindnet", "docker.io/kindest/kindnetd:v20230511-dc714da8")] },
  ],
  passes: [
    { name: "Calico", objects: [daemonSet({ name: "calico-node", namespace: "calico-system", container: { image: "quay.io/calico/node:v3.30.0" } })] },
    {
      name: "Calico beside its operator",
      objects: [operator, daemonSet({ name: "calico-node", namespace: "calico-system", container: { image: "quay.io/calico/node:v3.30.0" } })],
    },
    { name: "AKS with the engine of Azure", objects: [aksNode, plugin("azure-npm", "mcr.microsoft.com/containernetworking/azure-npm:v1.6.13")] },
    { name: "Amazon VPC CNI outside of EKS, with its controller", objects: [withAgent, autoConfig("true"), ownController(), controlPlane] },
    {
      name: "Amazon VPC CNI whose switch is a variable",
      objects: [
        plugin("aws-node", vpcCni, {}, [{ ...nodeAgent("--enable-network-policy=$(POLICY)"), env: [{ name: "POLICY", value: "true" }] }]),
        autoConfig("true"),
      ],
    },
    { name: "GKE with Dataplane V2", objects: [gkeNode, plugin("anetd", "gke.gcr.io/cilium/cilium:v1.17.8-gke.1")] },
    { name: "GKE with network policy, as it was before", objects: [gkeNode, plugin("calico-node", "gcr.io/projectcalico-org/node:v3.8.9-1")] },
    { name: "GKE with network policy", objects: [gkeNode, plugin("calico-node", "gke.gcr.io/calico/node:v3.30.0-gke.1")] },
    { name: "Calico as k0s ships it", objects: [plugin("calico-node", "quay.io/k0sproject/calico-node:v3.29.7-1")] },
    { name: "Cilium", objects: [cilium] },
    {
      name: "Cilium told to read NetworkPolicies",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-k8s-networkpolicy": "true" } })],
    },
    {
      name: "Cilium told to ignore NetworkPolicies, beside what reads them",
      objects: [
        cilium,
        configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-k8s-networkpolicy": "false" } }),
        plugin("azure-npm", "mcr.microsoft.com/containernetworking/azure-npm:v1.6.29"),
      ],
    },
    { name: "EKS Auto Mode with its controller on", objects: [autoNode, autoConfig("true")] },
    {
      name: "Weave Net with its controller",
      objects: [plugin("weave-net", "docker.io/weaveworks/weave-kube:2.8.1", {}, [{ name: "weave-npc", image: "docker.io/weaveworks/weave-npc:2.8.1" }])],
    },
    { name: "Calico Enterprise", objects: [plugin("calico-node", "quay.io/tigera/cnx-node:v3.20.0")] },
    { name: "Cilium as EKS Anywhere ships it", objects: [plugin("cilium", "public.ecr.aws/isovalent/cilium:v1.17.6-eksa.1")] },
    { name: "Cilium as DigitalOcean ships it", objects: [plugin("cilium", "ghcr.io/digitalocean-packages/cilium:v1.19.3")] },
    { name: "Antrea as Tanzu ships it", objects: [plugin("antrea-agent", "localhost:5000/vmware.io/antrea/antrea-agent-photon:v2.3.0")] },
    {
      name: "Azure CNI with an engine beside it",
      objects: [
        plugin("azure-cns", "mcr.microsoft.com/containernetworking/azure-cns:v1.6.30"),
        plugin("azure-npm", "mcr.microsoft.com/containernetworking/azure-npm:v1.6.29"),
      ],
    },
    {
      name: "K3s",
      objects: [k3s("server", "--disable", "traefik")],
      evidence: [{ path: "", value: "K3s", message: "K3s enforces NetworkPolicy itself: its server is not told to leave that." }],
    },
    { name: "K3s told by its file to keep it", objects: [k3s("server", "--disable-network-policy", "false")] },
    { name: "K3s without its own, and Cilium", objects: [k3s("server", "--flannel-backend", "none", "--disable-network-policy"), cilium] },
    {
      name: "Cilium told not to report only",
      objects: [cilium, configMap({ name: "cilium-config", namespace: "kube-system", data: { "policy-audit-mode": "false" } })],
    },
    { name: "Cilium that is ready on one node of two", objects: [cilium, podOf(cilium, "a", "True"), podOf(cilium, "b", "False")] },
    { name: "Cilium as RKE2 ships it", objects: [plugin("cilium", "docker.io/rancher/mirrored-cilium-cilium:v1.17.1")] },
    { name: "Canal as RKE2 ships it", objects: [plugin("rke2-canal", "docker.io/rancher/hardened-calico:v3.30.0")] },
    {
      name: "Flannel with Calico beside it",
      objects: [plugin("canal", "docker.io/flannel/flannel:v0.27.0", {}, [{ name: "calico-node", image: "docker.io/calico/node:v3.30.0" }])],
    },
    { name: "Amazon VPC CNI with its agent and the controller of EKS", objects: [withAgent, autoConfig("true")] },
    { name: "Amazon VPC CNI with its agent and a controller that asks no ConfigMap", objects: [withAgent, ownController(ASKS_NONE)] },
    { name: "Amazon VPC CNI with such a controller of a release", objects: [withAgent, ownController(ASKS_NONE, "np-amazon-network-policy-controller-k8s")] },
    {
      name: "Amazon VPC CNI with such a controller by its image",
      objects: [withAgent, ownController(ASKS_NONE, "policies", "eks/amazon-network-policy-controller-k8s")],
    },
    {
      name: "Amazon VPC CNI with the agent off, then on",
      objects: [plugin("aws-node", vpcCni, {}, [nodeAgent("--enable-network-policy=false", "--enable-network-policy=true")]), autoConfig("true")],
    },
    {
      name: "Amazon VPC CNI in strict mode",
      objects: [
        plugin("aws-node", vpcCni, { env: [{ name: "NETWORK_POLICY_ENFORCING_MODE", value: "Strict" }] }, [nodeAgent("--enable-network-policy=true")]),
        autoConfig("true"),
      ],
      evidence: [{ path: "", value: "Amazon VPC CNI", message: "The network policy agent of Amazon VPC CNI is on, in strict mode." }],
    },
    { name: "Kube-OVN", objects: kubeOvn("--enable-np=true") },
    {
      name: "kube-router with its firewall off, then on",
      objects: [plugin("kube-router", "docker.io/cloudnativelabs/kube-router:v2.5.0", { args: ["--run-firewall=false", "--run-firewall", "false"] })],
    },
    { name: "a new kindnet", objects: [plugin("kindnet", "docker.io/kindest/kindnetd:v20250512-df8de77b")] },
  ],
  unknown: [
    { name: "K3s without its own, and a plugin that is not known", objects: [k3s("server", "--disable-network-policy", "--flannel-backend", "none")] },
    {
      name: "Cilium told to ignore NetworkPolicies, and what is left of another plugin",
      objects: [
        cilium,
        podOf(cilium, "a", "True"),
        configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-k8s-networkpolicy": "false" } }),
        calico,
        podOf(calico, "a", "False"),
      ],
    },
    { name: "AKS with a plugin of one's own that is not known", objects: [aksNode, unknownPlugin] },
    {
      name: "AKS with Calico from a registry of one's own",
      objects: [aksNode, mirrored],
      reason: "Calico may be here: DaemonSet calico-node has its name, and an image that is not known.",
    },
    { name: "GKE with Calico from a registry of one's own", objects: [gkeNode, mirrored] },
    { name: "AKS whose workloads cannot be read", objects: [aksNode], missing: ["workloads"] },
    {
      name: "EKS Auto Mode under a control plane in a cluster of its own, which does not show what the host is told",
      objects: [node({ labels: { "eks.amazonaws.com/compute-type": "auto" }, status: { nodeInfo: { kubeletVersion: "v1.36.2-eks-3d4f" } } })],
      kubeVersion: "1.36",
      reason: "No network plugin that is known was found.",
    },
    { name: "GKE on Autopilot, without what it runs", objects: [node({ name: "gk3-a", labels: { "cloud.google.com/gke-nodepool": "a" } })] },
    { name: "GKE in a data centre", objects: [gkeNode, node({ name: "b", labels: { "node-role.kubernetes.io/control-plane": "" } })] },
    { name: "GKE whose nodes cannot be read", objects: [gkeNode], missing: ["nodes"] },
    { name: "GKE whose workloads cannot be read", objects: [gkeNode], missing: ["workloads"] },
    { name: "K3s of which agents are seen alone", objects: [k3s("agent")] },
    { name: "EKS Auto Mode whose settings cannot be read", objects: [autoNode], missing: ["configMaps"] },
    { name: "Amazon VPC CNI with its agent, where ConfigMaps cannot be read", objects: [withAgent], missing: ["configMaps"] },
    {
      name: "Amazon VPC CNI with a controller that asks no ConfigMap, and has no ready pod",
      objects: [withAgent, podOf(withAgent, "b", "True"), ownController(ASKS_NONE), podOf(ownController(), "a", "False")],
      reason: "amazon-network-policy-controller-k8s is here, but none of its pods is ready.",
    },
    { name: "K3s whose nodes cannot be read", objects: [k3s("server")], missing: ["nodes"] },
    { name: "arguments of K3s that are no list", objects: [node({ annotations: { "k3s.io/node-args": "server" } })] },
    { name: "nothing that is known", objects: [] },
    { name: "the operator of Calico without what it installs", objects: [operator], evidence: [{ path: "", value: "Calico" }] },
    {
      name: "the name of a plugin in somebody's own namespace",
      objects: [daemonSet({ name: "calico-node", namespace: "shop", container: { image: "quay.io/calico/node:v3.30.0" } })],
    },
    {
      name: "a plugin that is ready nowhere",
      objects: [cilium, podOf(cilium, "a", "False"), podOf(cilium, "b", "False")],
      reason: "Cilium is here, but none of its pods is ready.",
    },
    { name: "what is left of a plugin, and runs nowhere", objects: [cilium, plugin("kindnet", "docker.io/kindest/kindnetd:v20230511-dc714da8"), elsewhere] },
    { name: "config maps could not be read", objects: [cilium], missing: ["configMaps"] },
  ],
});
