import { parseDuration } from "../../inventory/values/go-duration";
import { kubeletVersionOf, parseKubeVersion } from "../../inventory/values/kube-version";
import { text } from "../../model/json";
import { defineControl, notApplicable } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

/** From this minor version on the field has no effect. */
const IGNORED_FROM_MINOR = 37;

export default defineControl({
  id: "kubelet-streaming-timeout",
  layer: "cluster",
  severity: "low",
  title: "Kubelets close idle streams",
  failure: "never closes idle streams at its kubelet",
  why: "Exec, attach and port-forward streams that never end use up connections, and stay usable for whoever takes over the client.",
  action: "Let kubelets close idle streams",
  fix: kubeletFix(
    "Set `streamingConnectionIdleTimeout` to some hours",
    "Remove the flag --streaming-connection-idle-timeout, from which the 0 comes: a 0 in the file means four hours.",
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.streamingConnectionIdleTimeout'",
  lookFor: "`0s`: idle streams never end.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.5"], nsa: ["CP"], mitre: ["T1499"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const version = parseKubeVersion(kubeletVersionOf(node) ?? "");
      if (version && version.minor >= IGNORED_FROM_MINOR) return notApplicable(`Kubelets of version ${version.text} ignore this setting.`);
      return parseDuration(text(settings.streamingConnectionIdleTimeout) ?? "") === 0
        ? [at("streamingConnectionIdleTimeout", "0 means that idle streams never end.")]
        : [];
    }),
  remedy: null,
});
