import { amount } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-pod-pids",
  layer: "cluster",
  severity: "medium",
  title: "Kubelets limit the processes of a pod",
  failure: "lets a pod start processes without limit",
  why: "One pod that starts processes without end takes every process number of the node, and so stops all other pods and the kubelet.",
  action: "Limit the processes of a pod",
  fix: kubeletFix("Set `podPidsLimit`, for instance to 4096,", "Threads count as processes: look what the busiest pod has."),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.podPidsLimit'",
  lookFor: "A number below 1, or `null`: there is no limit.",
  tips: ["S1", "S2"],
  frameworks: { cis: ["4.2.13"], nsa: ["RP"], mitre: ["T1499"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) => ((amount(settings.podPidsLimit) ?? -1) > 0 ? [] : [at("podPidsLimit", "There is no limit.")])),
  remedy: null,
});
