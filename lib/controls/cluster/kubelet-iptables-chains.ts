import { flag } from "../../model/json";
import { defineControl } from "../define";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-iptables-chains",
  layer: "cluster",
  severity: "low",
  title: "Kubelets keep their iptables chains",
  failure: "does not keep its iptables chains",
  why: "The chains drop packets that pose as coming from the node itself; without them a pod can talk to what listens on loopback only.",
  action: "Let kubelets keep their iptables chains",
  fix: "Set `makeIPTablesUtilChains: true` in the KubeletConfiguration of the node, or leave it out.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.makeIPTablesUtilChains'",
  lookFor: "`false`: the chains are not made.",
  tips: ["S1", "S2"],
  frameworks: { cis: ["4.2.6"], nsa: ["WN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) =>
      flag(settings.makeIPTablesUtilChains) === false ? [at("makeIPTablesUtilChains", "The chains are not made.")] : [],
    ),
  remedy: null,
});
