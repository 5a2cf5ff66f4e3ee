import { flag, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-serving-cert",
  layer: "cluster",
  severity: "low",
  title: "Kubelets have a serving certificate that clients can verify",
  failure: "serves its kubelet with a certificate that it signed itself",
  why: "Nobody can tell such a kubelet from somebody in between: the API server, and whatever reads metrics, has to trust it unchecked.",
  action: "Give kubelets certificates that clients can verify",
  fix: kubeletFix("Set `serverTLSBootstrap: true` and approve the certificate requests of kubelets, or name `tlsCertFile` and `tlsPrivateKeyFile`,"),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {serverTLSBootstrap, tlsCertFile, tlsPrivateKeyFile}'",
  lookFor: "`serverTLSBootstrap` is not `true`, and no `tlsCertFile` and `tlsPrivateKeyFile` are named.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.9"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const hasFiles = Boolean(text(settings.tlsCertFile) && text(settings.tlsPrivateKeyFile));
      return hasFiles || flag(settings.serverTLSBootstrap) === true
        ? []
        : [at("serverTLSBootstrap", "There is neither a certificate file nor a request for one.")];
    }),
  remedy: null,
});
