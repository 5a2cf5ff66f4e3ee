import { flag, text } from "../../model/json";
import { defineControl } from "../define";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-serving-cert",
  layer: "cluster",
  severity: "low",
  title: "Kubelets have a serving certificate that others can check",
  failure: "serves its kubelet with a certificate that it signed itself",
  why: "Nobody can tell such a kubelet from somebody in between: the API server, and whatever reads metrics, must trust blindly.",
  action: "Give kubelets certificates that others can check",
  fix: "Set `serverTLSBootstrap: true` in the KubeletConfiguration of the node and approve the requests, or give it `tlsCertFile` and `tlsPrivateKeyFile`.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {serverTLSBootstrap, tlsCertFile, tlsPrivateKeyFile}'",
  lookFor: "`serverTLSBootstrap` is not `true`, and no files are named.",
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
