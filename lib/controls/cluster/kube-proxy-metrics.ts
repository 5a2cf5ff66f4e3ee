import { flattenConfig } from "../../inventory/secrets/config-text";
import { record, text } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";

/** The file in the ConfigMap: as kubeadm names both, and as EKS does. */
const FILES: Readonly<Record<string, string>> = { "kube-proxy": "config.conf", "kube-proxy-config": "config" };
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[?::1\]?)(?::\d+)?$/;

export default defineControl({
  id: "kube-proxy-metrics",
  layer: "cluster",
  severity: "low",
  title: "kube-proxy serves metrics on loopback only",
  failure: "opens the metrics of kube-proxy to the network",
  why: "Metrics and debug pages of kube-proxy show every pod that can reach them which Services exist and where they are.",
  action: "Serve kube-proxy metrics on loopback only",
  fix: 'Set metricsBindAddress to "" or 127.0.0.1:10249 in the ConfigMap of kube-proxy and restart its pods. What reads its metrics from elsewhere then needs a proxy on the node.',
  verify: "kubectl -n kube-system get configmap NAME -o yaml | grep metricsBindAddress",
  lookFor: "An address that is not loopback. An empty one, or no output, means the default: loopback.",
  tips: ["S1"],
  frameworks: { cis: ["4.3.1"], nsa: ["CP"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/"],
  subject: "config-map",
  reads: [],
  check: ({ ref, body }) => {
    const file = Object.hasOwn(FILES, ref.name) ? (FILES[ref.name] ?? "") : "";
    const config = text(record(body.data)[file]);
    if (ref.namespace !== "kube-system" || config === undefined) return notApplicable("It does not configure kube-proxy.");
    const settings = flattenConfig(config);
    if (settings.length === 0) return unknown(`What its ${file} holds cannot be read as settings of kube-proxy.`);
    const address = settings.find((entry) => entry.key === "metricsBindAddress")?.value ?? "";
    return /^(?:null|~)?$/.test(address) || LOOPBACK.test(address)
      ? []
      : [weakness(`data["${file}"]`, `metricsBindAddress: ${address}`, `Metrics are served on ${address}.`)];
  },
  remedy: null,
});
