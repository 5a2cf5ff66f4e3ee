import { dig, flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-rotate-server-cert",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Serving certificates of kubelets rotate",
  failure: "does not rotate its kubelet's serving certificate",
  why: "A serving certificate that nobody renews expires, and clients then learn to accept it unchecked.",
  action: "Rotate serving certificates of kubelets",
  fix: kubeletFix(
    "Set `serverTLSBootstrap: true`",
    "Leave the feature gate RotateKubeletServerCertificate on, and approve the certificate requests of kubelets.",
  ),
  verify:
    "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {serverTLSBootstrap, rotation: .featureGates.RotateKubeletServerCertificate}'",
  lookFor: "`serverTLSBootstrap` is not `true`, or `rotation` is `false`.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.11"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const gate = "featureGates.RotateKubeletServerCertificate";
      if (flag(dig(settings, "featureGates", "RotateKubeletServerCertificate")) === false)
        return [at(gate, "Rotation is switched off.", { severity: "medium" })];
      return flag(settings.serverTLSBootstrap) === true ? [] : [at("serverTLSBootstrap", "The kubelet does not ask the cluster for its certificate.")];
    }),
  remedy: null,
});
