import { flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-iptables-chains",
  layer: "cluster",
  severity: "low",
  title: "Kubelets make their iptables chains",
  failure: "does not let its kubelet make iptables chains",
  why: "These chains drop packets from elsewhere that are sent to the node's loopback; without them a pod or a neighbour of the node can reach services that listen there only.",
  action: "Let kubelets make their iptables chains",
  fix: kubeletFix("Set `makeIPTablesUtilChains: true`, or leave it out,"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.makeIPTablesUtilChains'",
  lookFor: "`false`: the chains are not made.",
  tips: ["S1", "S2"],
  frameworks: { cis: ["4.2.6"], nsa: ["WN"], mitre: ["T1210"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) =>
      flag(settings.makeIPTablesUtilChains) === false ? [at("makeIPTablesUtilChains", "The kubelet does not make the chains.")] : [],
    ),
  remedy: null,
});
