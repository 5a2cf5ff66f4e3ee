import { dig, flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-anonymous-auth",
  layer: "cluster",
  severity: "critical",
  title: "Kubelets refuse anonymous requests",
  failure: "answers anonymous requests at its kubelet",
  why: "Whoever reaches the port of such a kubelet can list its pods and run commands in them, past the API server, its rules and its audit log.",
  action: "Refuse anonymous requests at kubelets",
  fix: kubeletFix(
    "Set `authentication.anonymous.enabled: false`",
    "What reads metrics from the kubelet then has to bring a token of an account with the right to `nodes/metrics`.",
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.authentication.anonymous'",
  lookFor: 'Anything but `"enabled": false`.',
  tips: ["S1"],
  frameworks: { cis: ["4.2.1"], nsa: ["AU", "CP"], mitre: ["T1190", "T1609"], mstm: ["MS-TA9030"], owasp: ["K06", "K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      flag(dig(settings, "authentication", "anonymous", "enabled")) === false
        ? []
        : [at("authentication.anonymous.enabled", "Requests without credentials are answered.")],
    ),
  remedy: null,
});
