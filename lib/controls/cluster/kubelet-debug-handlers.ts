import { flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-debug-handlers",
  layer: "cluster",
  severity: "low",
  title: "Kubelets do not serve the logs of their node",
  failure: "serves the system logs of the node at its kubelet",
  why: "Whoever may use `nodes/proxy` then reads the logs of the machine itself: of the container runtime, of SSH, of agents.",
  action: "Stop kubelets from serving the node's logs",
  fix: kubeletFix("Remove `enableSystemLogQuery`"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {enableSystemLogQuery, enableProfilingHandler, enableDebugFlagsHandler}'",
  lookFor: '`"enableSystemLogQuery": true`; the other two are shown as evidence only.',
  tips: ["S1"],
  frameworks: { nsa: ["CP"], mitre: ["T1613"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      if (flag(settings.enableSystemLogQuery) === true) return [at("enableSystemLogQuery", "Logs of services on the node can be asked for.")];
      const notes = ["enableProfilingHandler", "enableDebugFlagsHandler"]
        .filter((name) => flag(settings[name]) === true)
        .map((name) => at(name, "Who may use the proxy of nodes can use this handler."));
      return { state: "pass", notes };
    }),
  remedy: null,
});
