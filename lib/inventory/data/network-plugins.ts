/** Network plugins by the DaemonSet that runs them, and whether they enforce NetworkPolicy. */
export const NETWORK_PLUGINS = {
  asOf: "2026-11-29",
  /** `image`: the end of the image's repository. `enforces: "flag"` = it depends on a container, an argument or a version (network-plugin). */
  plugins: [
    { name: "Calico", workload: "calico-node", image: "calico/node", enforces: true },
    { name: "Calico", workload: "calico-node", image: "mirrored-calico-node", enforces: true },
    // In the registry of Google, where the add-on of Kubernetes and older GKE take it from.
    { name: "Calico", workload: "calico-node", image: "projectcalico-org/node", enforces: true },
    { name: "Calico", workload: "calico-node", image: "k0sproject/calico-node", enforces: true },
    { name: "Calico", workload: "calico-node-windows", image: "calico/node-windows", enforces: true },
    { name: "Calico Enterprise", workload: "calico-node", image: "tigera/cnx-node", enforces: true },
    { name: "Canal", workload: "canal", image: "calico/node", enforces: true },
    { name: "Canal", workload: "rke2-canal", image: "hardened-calico", enforces: true },
    // Clouds and vendors have builds of their own.
    { name: "Cilium", workload: "cilium", image: "cilium", enforces: true },
    { name: "Cilium", workload: "cilium", image: "mirrored-cilium-cilium", enforces: true },
    { name: "GKE Dataplane V2", workload: "anetd", image: "cilium/cilium", enforces: true },
    { name: "Antrea", workload: "antrea-agent", image: "antrea/antrea-agent-ubuntu", enforces: true },
    { name: "Antrea", workload: "antrea-agent", image: "antrea/antrea-agent-ubi", enforces: true },
    { name: "Antrea", workload: "antrea-agent", image: "antrea/antrea-ubuntu", enforces: true },
    { name: "Antrea", workload: "antrea-agent", image: "antrea/antrea-agent-photon", enforces: true },
    { name: "Antrea", workload: "antrea-agent-windows", image: "antrea/antrea-windows", enforces: true },
    { name: "Kube-OVN", workload: "kube-ovn-cni", image: "kube-ovn", enforces: true },
    { name: "Weave Net", workload: "weave-net", image: "weave-kube", enforces: "flag" },
    { name: "OVN-Kubernetes", workload: "ovnkube-node", image: "", enforces: true },
    { name: "Azure Network Policy Manager", workload: "azure-npm", image: "azure-npm", enforces: true },
    { name: "Azure Network Policy Manager", workload: "azure-npm-win", image: "azure-npm", enforces: true },
    // The part of Azure CNI that gives out addresses: an engine for policies is a DaemonSet of its own beside it.
    { name: "Azure CNI", workload: "azure-cns", image: "containernetworking/azure-cns", enforces: false },
    { name: "OCI VCN-native pod networking", workload: "vcn-native-ip-cni", image: "oke-public-vcn-native-ip-cni-plugin", enforces: false },
    { name: "kube-network-policies", workload: "kube-network-policies", image: "kube-network-policies", enforces: true },
    { name: "kube-router", workload: "kube-router", image: "kube-router", enforces: "flag" },
    { name: "Amazon VPC CNI", workload: "aws-node", image: "amazon-k8s-cni", enforces: "flag" },
    { name: "kindnet", workload: "kindnet", image: "kindnetd", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel-ds", image: "flannel", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel-ds", image: "mirrored-flannel-flannel", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel-ds", image: "mirrored-flannelcni-flannel", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel-ds", image: "hardened-flannel", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel", image: "flannel", enforces: "flag" },
    // Until 0.14 one for each architecture.
    { name: "Flannel", workload: "kube-flannel-ds-amd64", image: "flannel", enforces: "flag" },
    { name: "Flannel", workload: "kube-flannel-ds-arm64", image: "flannel", enforces: "flag" },
  ],
  /** Deployments that install a plugin: where they run and it does not, it cannot be told what they will install. */
  installers: [{ name: "Calico", workload: "tigera-operator", image: "tigera/operator" }],
  /** kindnet enforces from the images of kind 0.24 on; their tags begin with a date. */
  kindnetEnforcesFrom: "v20240813",
} as const;
