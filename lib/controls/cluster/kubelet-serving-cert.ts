import { flag, text } from "../../model/json";
import { defineControl, unknown } from "../define";
import { kubeletFix, UNTIL_APPROVED } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

/** Where a kubelet that is given no certificate keeps the one that it signs itself; it shows the path among its settings. */
const SELF_SIGNED = "/var/lib/kubelet/pki/kubelet.crt";

/** What it calls that pair in whatever folder it is told to keep it (--cert-dir), and shows as well. One that it finds there it takes, whoever signed it. */
function isOwnPair(certificate: string, key: string): boolean {
  return certificate.endsWith("/kubelet.crt") && key === certificate.replace(/crt$/, "key");
}

export default defineControl({
  id: "kubelet-serving-cert",
  layer: "cluster",
  severity: "low",
  title: "Kubelets have a serving certificate that clients can verify",
  failure: "serves its kubelet with a certificate that it signed itself",
  why: "Nobody can tell such a kubelet from somebody in between: the API server, and whatever reads metrics, has to trust it unchecked.",
  action: "Give kubelets certificates that clients can verify",
  fix: kubeletFix(
    "Set `serverTLSBootstrap: true` and approve the certificate requests of kubelets, or name `tlsCertFile` and `tlsPrivateKeyFile`,",
    UNTIL_APPROVED,
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {serverTLSBootstrap, tlsCertFile, tlsPrivateKeyFile}'",
  lookFor:
    "`serverTLSBootstrap` is not `true`, and `tlsCertFile` and `tlsPrivateKeyFile` are not named, or are kubelet.crt and kubelet.key in /var/lib/kubelet/pki: the kubelet signed these itself. Files of these names in another folder may be such, too: `openssl x509 -noout -issuer -in FILE` tells on the node.",
  tips: ["S1"],
  frameworks: { cis: ["4.2.9"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      if (flag(settings.serverTLSBootstrap) === true) return [];
      const [certificate = "", key = ""] = [text(settings.tlsCertFile), text(settings.tlsPrivateKeyFile)];
      if (certificate === SELF_SIGNED) return [at("tlsCertFile", "It is the place of the certificate that the kubelet signs itself.")];
      if (isOwnPair(certificate, key))
        return unknown(`A kubelet that keeps its certificates in this folder would sign ${certificate} itself; whether it did is not in its settings.`);
      return certificate !== "" && key !== "" ? [] : [at("serverTLSBootstrap", "There is neither a certificate file nor a request for one.")];
    }),
  remedy: null,
});
