import { flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-debug-handlers",
  layer: "cluster",
  severity: "low",
  title: "Kubelets answer no queries for the logs of their node's services",
  failure: "lets the logs of the node's services be queried at its kubelet",
  why: "Whoever may use `nodes/log` or `nodes/proxy` then reads the logs of the machine itself: of the container runtime, of SSH, of agents.",
  action: "Switch off queries for the node's logs",
  fix: kubeletFix("Remove `enableSystemLogQuery`"),
  verify:
    "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {enableSystemLogQuery, enableSystemLogHandler, enableProfilingHandler, enableDebugFlagsHandler}'",
  lookFor:
    '`"enableSystemLogQuery": true`. The others are evidence only: they are on by default, and `enableSystemLogHandler` serves the files below /var/log to who may use `nodes/log`.',
  tips: ["S1"],
  frameworks: { nsa: ["CP"], mitre: ["T1613"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      if (flag(settings.enableSystemLogQuery) === true) return [at("enableSystemLogQuery", "Logs of services on the node can be asked for.")];
      const notes = ["enableSystemLogHandler", "enableProfilingHandler", "enableDebugFlagsHandler"]
        .filter((name) => flag(settings[name]) === true)
        .map((name) => at(name, "Who may use the proxy of nodes can use this handler."));
      return { state: "pass", notes };
    }),
  remedy: null,
});
