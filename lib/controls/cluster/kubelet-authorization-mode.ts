import { dig, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-authorization-mode",
  layer: "cluster",
  severity: "critical",
  title: "Kubelets let the API server authorise requests",
  failure: "allows every request at its kubelet",
  why: "With AlwaysAllow, any identity that the kubelet recognises can run commands in every pod of the node.",
  action: "Let the API server authorise requests to kubelets",
  fix: kubeletFix("Set `authorization.mode: Webhook`", "What reads metrics from the kubelet then needs the right to `nodes/metrics`."),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.authorization.mode'",
  lookFor: "Anything but `Webhook`, which asks the API server whether the caller has the right.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.2"], nsa: ["RB", "CP"], mitre: ["T1609"], mstm: ["MS-TA9030"], owasp: ["K02", "K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      text(dig(settings, "authorization", "mode")) === "Webhook" ? [] : [at("authorization.mode", "Every request that is let in is allowed everything.")],
    ),
  remedy: null,
});
