import { texts } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

/** Those of the benchmark, under both names that some of them have; the suites of TLS 1.3 are always strong. */
const STRONG =
  /^TLS_(?:ECDHE_(?:RSA|ECDSA)_WITH_(?:AES_(?:128_GCM_SHA256|256_GCM_SHA384)|CHACHA20_POLY1305(?:_SHA256)?)|AES_\d+_GCM_SHA\d+|CHACHA20_POLY1305_SHA256)$/;

export default defineControl({
  id: "kubelet-tls-ciphers",
  layer: "cluster",
  severity: "low",
  title: "Kubelets offer strong TLS suites only",
  failure: "offers weak TLS suites at its kubelet",
  why: "Weak suites let somebody in between decrypt recorded traffic later, or change it.",
  action: "Offer strong TLS suites only at kubelets",
  fix: kubeletFix("Set `tlsCipherSuites` to ECDHE suites with AES-GCM or ChaCha20"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.tlsCipherSuites'",
  lookFor: "A suite that is not ECDHE with AES-GCM or ChaCha20. With `null` the kubelet offers the suites that it was built with.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.12"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const suites = texts(settings.tlsCipherSuites);
      if (suites.length === 0)
        return { state: "manual", reason: "No suites are listed, so those that the kubelet was built with are offered: look whether they suit you." };
      const weak = suites.filter((suite) => !STRONG.test(suite));
      return weak.length === 0 ? [] : [at("tlsCipherSuites", `Weak suites are offered: ${weak.join(", ")}.`)];
    }),
  remedy: null,
});
