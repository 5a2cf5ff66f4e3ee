import { kubeProxiesView } from "../../inventory/nodes/kube-proxy";
import { judgeMetricsConfig, judgeMetricsOfPod, type MetricsAnswer } from "../../inventory/nodes/kube-proxy-metrics";
import { kubeProxyNodesView } from "../../inventory/nodes/kube-proxy-nodes";
import type { Context } from "../../inventory/view";
import { record, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";

/** The file in the ConfigMap: as kubeadm names both, and as EKS does. */
const FILES: Readonly<Record<string, string>> = { "kube-proxy": "config.conf", "kube-proxy-config": "config" };

/** In manifests a ConfigMap may stand without what reads it; in a cluster it may be left of a kube-proxy that is gone. */
function answersOfManifests({ slices, view }: Context<"workloads" | "configMaps">): readonly MetricsAnswer[] {
  const proxies = view(kubeProxiesView);
  if (proxies.length > 0) return proxies.map((proxy) => judgeMetricsOfPod(proxy, slices.configMaps));
  return slices.configMaps.flatMap(({ ref, body }) => {
    const key = ref.namespace === "kube-system" && Object.hasOwn(FILES, ref.name) ? FILES[ref.name] : undefined;
    const config = key === undefined ? undefined : text(record(body.data)[key]);
    return key === undefined || config === undefined ? [] : [judgeMetricsConfig(config, { ref, key })];
  });
}

function toWeaknesses(answers: readonly MetricsAnswer[]): Weakness[] {
  const found = answers.flatMap((answer) =>
    answer === null || typeof answer === "string"
      ? []
      : [weakness(answer.path, answer.value, `Metrics are served on ${answer.address}.`, { object: answer.object })],
  );
  return [...new Map(found.map((item) => [JSON.stringify(item), item])).values()];
}

export default defineControl({
  id: "kube-proxy-metrics",
  layer: "cluster",
  severity: "low",
  title: "kube-proxy serves metrics on loopback only",
  failure: "opens the metrics of kube-proxy to the network",
  why: "Metrics and debug pages of kube-proxy show every pod that can reach them which Services exist and where they are.",
  action: "Serve kube-proxy metrics on loopback only",
  fix: 'Set metricsBindAddress to "" or 127.0.0.1:10249 in the ConfigMap of kube-proxy, or --metrics-bind-address where it has no --config, and restart its pods. What reads its metrics from elsewhere then needs a proxy on the node. A service that manages kube-proxy, such as AKS, sets its own value again.',
  verify: `kubectl -n kube-system get pods,configmaps,nodes -o json | jq -r '.items[] | .metadata.name as $name | ((.spec.containers[]? | [.image, (.command, .args)[]?] | join(" ")), .data[]?, (.metadata.annotations["k3s.io/node-args"] // empty)) | select(test("kube-proxy|KubeProxyConfiguration")) | scan("(?:--config|metrics-bind-address|metricsBindAddress)[=: \\"]+[^ \\n\\",]*") | "\\($name) \\(.)"'`,
  lookFor:
    "An address that is not loopback, after `metrics-bind-address` of a pod without `--config` or of a node of K3s, or after `metricsBindAddress` in the ConfigMap that the `--config` of a pod is made of. An empty one, or none, means the default: loopback.",
  tips: ["S1"],
  frameworks: { cis: ["4.3.1"], nsa: ["CP"], owasp: ["K06"] },
  references: [
    "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/",
    "https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/",
  ],
  subject: "cluster",
  reads: ["workloads", "nodes", "configMaps"],
  softReads: ["configMaps"],
  wholeCluster: "pass",
  standsOnEvidence: true,
  check: (_cluster, context): Outcome => {
    const hasNodes = context.slices.nodes.length > 0;
    const { answers, replacement, unseen } = hasNodes
      ? context.view(kubeProxyNodesView)
      : { answers: answersOfManifests(context), replacement: null, unseen: null };
    const found = toWeaknesses(answers);
    if (found.length > 0) return found;
    const doubt = answers.find((answer) => typeof answer === "string") ?? unseen;
    if (doubt) return unknown(doubt);
    if (answers.length > 0) return [];
    return notApplicable(replacement ?? (hasNodes ? "Every node is a virtual one: the provider runs kube-proxy." : "The set does not hold kube-proxy."));
  },
  remedy: null,
});
