import { amount } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-readonly-port",
  layer: "cluster",
  severity: "high",
  title: "Kubelets have no read-only port",
  failure: "serves its kubelet without authentication on a read-only port",
  why: "The read-only port tells everybody on the network which pods run on the node, with their images, arguments and variables.",
  action: "Close the read-only port of kubelets",
  fix: kubeletFix("Set `readOnlyPort: 0`", "What reads from it, such as an old collector of metrics, has to go to port 10250 with credentials."),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.readOnlyPort'",
  lookFor: "A port number, usually 10255. 0 or `null`: the port is closed.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.4"], nsa: ["CP"], mitre: ["T1613"], mstm: ["MS-TA9030"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) =>
      (amount(settings.readOnlyPort) ?? 0) > 0 ? [at("readOnlyPort", "The port answers whoever asks.")] : [],
    ),
  remedy: null,
});
