import { amount } from "../../model/json";
import { defineControl } from "../define";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-event-qps",
  layer: "cluster",
  severity: "info",
  title: "Kubelets report their events",
  failure: "reports no events from its kubelet",
  why: "Events tell what was started and what failed on a node; an attack that floods or starves them leaves fewer traces.",
  action: "Let kubelets report their events",
  fix: "Set `eventRecordQPS` in the KubeletConfiguration of the node to a rate that fits its size; 0 means no limit.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.eventRecordQPS'",
  lookFor: "A number below 0; `null` and 0 set no limit.",
  tips: ["S6"],
  frameworks: { cis: ["4.2.8"], nsa: ["LO"], mitre: ["T1562"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      (amount(settings.eventRecordQPS) ?? 0) < 0 ? [at("eventRecordQPS", "A negative rate is no rate.")] : [],
    ),
  remedy: null,
});
