import { dig, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-authorization-mode",
  layer: "cluster",
  severity: "critical",
  title: "Kubelets ask the API server who may do what",
  failure: "allows every request at its kubelet",
  why: "A kubelet that authorises everything lets any identity that it knows run commands in every pod of the node.",
  action: "Let kubelets ask the API server who may do what",
  fix: "Set `authorization.mode: Webhook` in the KubeletConfiguration of the node, and restart its kubelet.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.authorization.mode'",
  lookFor: "Anything but `Webhook`.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.2"], nsa: ["RB", "CP"], mitre: ["T1609"], owasp: ["K02", "K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      text(dig(settings, "authorization", "mode")) === "Webhook" ? [] : [at("authorization.mode", "Every request that is let in is allowed everything.")],
    ),
  remedy: null,
});
