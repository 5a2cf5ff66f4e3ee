import { dig, flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix, UNTIL_APPROVED } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

const GATES = ["RotateKubeletServerCertificate", "AllBeta"] as const;

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
    `Leave the feature gate RotateKubeletServerCertificate on, and approve the certificate requests of kubelets. ${UNTIL_APPROVED}`,
  ),
  verify:
    "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {serverTLSBootstrap, rotation: .featureGates.RotateKubeletServerCertificate, beta: .featureGates.AllBeta}'",
  lookFor: "`serverTLSBootstrap` is not `true`, or `rotation` is `false`, or `beta` is where `rotation` is `null`.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.11"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      // In beta since 1.12, and still in 1.37: where it is not named, it follows the switch of all features in beta.
      const gate = GATES.find((name) => flag(dig(settings, "featureGates", name)) !== undefined);
      if (gate !== undefined && flag(dig(settings, "featureGates", gate)) === false)
        return [at(`featureGates.${gate}`, "Rotation is switched off.", { severity: "medium" })];
      return flag(settings.serverTLSBootstrap) === true ? [] : [at("serverTLSBootstrap", "The kubelet does not ask the cluster for its certificate.")];
    }),
  remedy: null,
});
