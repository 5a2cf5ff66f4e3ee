import { ciliumConfigView, IGNORES_NETWORK_POLICIES } from "../../inventory/nodes/cilium-config";
import { enforcementView } from "../../inventory/nodes/network-plugin";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "cni-no-enforcement",
  layer: "cluster",
  severity: "high",
  title: "The network plugin enforces network policies",
  failure: "has a network plugin that ignores network policies",
  why: "The API server accepts every NetworkPolicy, whether or not something enforces it. With a plugin that does not, policies have no effect: every pod reaches every pod.",
  action: "Run a network plugin that enforces policies",
  fix: "Install a network plugin that enforces policies, such as Calico, Cilium or Antrea, or switch enforcement on where the plugin has it: the network policy agent of the Amazon VPC CNI and the controller of EKS, the controller of EKS Auto Mode, a network policy engine of AKS, network policy or Dataplane V2 of GKE, the firewall of kube-router, the controller of K3s.",
  verify: "kubectl get daemonsets -A",
  lookFor:
    'The network plugin is one of these DaemonSets. Flannel, Azure CNI or the VCN-native one of OKE alone, or the Amazon VPC CNI without its network policy agent, enforces no policy. On GKE look for anetd or calico-node, on AKS for cilium, calico-node or azure-npm: without any of them nothing does. K3s has none: it enforces policies unless its servers run with --disable-network-policy. Nor has EKS Auto Mode: it enforces them where ConfigMap amazon-vpc-cni of kube-system has enable-network-policy-controller: "true", and without that the agent of the Amazon VPC CNI enforces none. Outside of EKS that agent needs the Deployment amazon-network-policy-controller-k8s. Cilium enforces none where ConfigMap cilium-config has `enable-policy: never` or `policy-audit-mode: "true"`, and only policies of its own kinds with `enable-k8s-networkpolicy: "false"`; Kube-OVN none where its Deployment kube-ovn-controller has --enable-np=false.',
  tips: ["S2"],
  frameworks: { cis: ["5.3.1"], nsa: ["NP"], mitre: ["T1210"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites"],
  subject: "cluster",
  reads: ["workloads", "configMaps"],
  extraReads: ["nodes"],
  wholeCluster: "always",
  check: (_cluster, context) => {
    const { enforces, plugin } = context.view(enforcementView);
    const config = context.view(ciliumConfigView);
    if (config?.mode === "never")
      return [weakness(config.setting.path, config.setting.value, "Cilium is told to enforce no policy.", { object: config.object.ref })];
    if (config?.ownKindsOnly && plugin?.name === "Cilium")
      return [weakness(config.ownKindsOnly.path, config.ownKindsOnly.value, IGNORES_NETWORK_POLICIES, { object: config.object.ref })];
    if (!plugin) return unknown("No network plugin that is known was found.");
    const seen = weakness("", plugin.name, plugin.because, { object: plugin.ref });
    if (enforces === null) return { state: "unknown", reason: plugin.because, notes: [seen] };
    return enforces ? { state: "pass", notes: [seen] } : [seen];
  },
  remedy: null,
});
