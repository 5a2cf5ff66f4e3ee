import { amount } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-event-qps",
  layer: "cluster",
  severity: "info",
  title: "Kubelets report their events",
  failure: "reports no events from its kubelet",
  why: "Events show what was started and what failed on a node. A kubelet that reports none leaves fewer traces of an attack.",
  action: "Let kubelets report their events",
  fix: kubeletFix("Set `eventRecordQPS` to a rate that fits the size of the node, or to 0 for no limit,"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.eventRecordQPS'",
  lookFor: "A number below 0, which the kubelet cannot use. `null` is the default of the kubelet, 0 sets no limit.",
  tips: ["S6"],
  frameworks: { cis: ["4.2.8"], nsa: ["LO"], mitre: ["T1562"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      (amount(settings.eventRecordQPS) ?? 0) < 0 ? [at("eventRecordQPS", "The rate is negative, which the kubelet cannot use.")] : [],
    ),
  remedy: null,
});
