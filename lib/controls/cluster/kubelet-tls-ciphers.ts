import { findTlsFaults } from "../../inventory/nodes/tls-strength";
import { text, texts } from "../../model/json";
import { defineControl, type Weakness } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-tls-ciphers",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Kubelets offer strong TLS only",
  failure: "offers weak TLS at its kubelet",
  why: "Old versions of TLS and weak suites let somebody in between decrypt recorded traffic later, or change it.",
  action: "Offer strong TLS only at kubelets",
  fix: kubeletFix("Set `tlsCipherSuites` to ECDHE suites with AES-GCM or ChaCha20, and leave `tlsMinVersion` at VersionTLS12 or higher,"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {tlsMinVersion, tlsCipherSuites}'",
  lookFor:
    "A `tlsMinVersion` other than VersionTLS12 and VersionTLS13, or, unless it is VersionTLS13, a suite that is not ECDHE with AES-GCM or ChaCha20. With `null` the kubelet takes TLS 1.2, and offers the suites that it was built with.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.12"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const faults = findTlsFaults({ lowest: text(settings.tlsMinVersion), suites: texts(settings.tlsCipherSuites) });
      const found: Weakness[] = [];
      if (faults.lowest !== undefined) found.push(at("tlsMinVersion", faults.lowest, { severity: "medium" }));
      if (faults.suites !== undefined) found.push(at("tlsCipherSuites", faults.suites));
      if (found.length > 0 || !faults.isLeftToServer) return found;
      return { state: "manual", reason: "No suites are listed, so those that the kubelet was built with are offered: look whether they suit you." };
    }),
  remedy: null,
});
