import { list, record, text } from "../../model/json";
import { defineControl, notApplicable, type Weakness, weakness } from "../define";

export default defineControl({
  id: "ingress-tls-secret",
  layer: "code",
  severity: "medium",
  title: "The certificates that Ingresses name exist",
  failure: "names a certificate that does not exist",
  why: "When the named Secret is missing, the controller serves its own self-signed certificate, and users learn to click through the warning.",
  fix: "Create the Secret with type kubernetes.io/tls, or let cert-manager make it.",
  verify: "kubectl get secret SECRET -n NAMESPACE -o jsonpath='{.type}'",
  tips: ["S1"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"],
  subject: "ingress",
  reads: ["secrets", "certificates"],
  wholeCluster: "fail",
  check: (ingress, { slices }) => {
    const entries = list(record(ingress.body.spec).tls).flatMap((item, index) => {
      const name = text(record(item).secretName);
      return name ? [{ name, path: `spec.tls[${index}].secretName` }] : [];
    });
    if (entries.length === 0) return notApplicable("It names no Secret.");
    const { namespace } = ingress.ref;
    return entries.flatMap(({ name, path }): Weakness[] => {
      const secret = slices.secrets.find((item) => item.ref.namespace === namespace && item.ref.name === name);
      const isMade = slices.certificates.some((item) => item.ref.namespace === namespace && record(item.body.spec).secretName === name);
      if (!secret) return isMade ? [] : [weakness(path, name, `The Secret ${name} does not exist.`)];
      return secret.body.type === "kubernetes.io/tls"
        ? []
        : [weakness(path, name, `The Secret ${name} is of type ${text(secret.body.type) ?? "Opaque"}, not kubernetes.io/tls.`)];
    });
  },
  remedy: null,
});
