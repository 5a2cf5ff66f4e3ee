import type { KubeObject } from "../../inventory/kube-object";
import { defineView } from "../../inventory/view";
import { dig, list, record, text } from "../../model/json";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";

/** With one of these, cert-manager makes a Certificate for the Ingress by itself. */
const ISSUERS = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"];

/** A SealedSecret's controller gives the Secret its own name, whatever the template says. */
function nameOfMade({ ref, body }: KubeObject): string | null {
  if (ref.kind === "SealedSecret") return ref.name;
  return ref.kind === "ExternalSecret" ? (text(dig(body.spec, "target", "name")) ?? ref.name) : null;
}

/** Who makes a Secret that is not there: "ExternalSecret web makes"; null = nobody that is known. */
function findMaker(name: string, ingress: KubeObject, stores: readonly KubeObject[]): string | null {
  const { annotations, ref } = ingress;
  const issuer = annotations["kubernetes.io/tls-acme"] === "true" ? "kubernetes.io/tls-acme" : ISSUERS.find((key) => annotations[key] !== undefined);
  if (issuer !== undefined) return `The annotation ${issuer} has cert-manager make`;
  const store = stores.find((item) => item.ref.namespace === ref.namespace && nameOfMade(item) === name);
  return store ? `${store.ref.kind} ${store.ref.name} makes` : null;
}

/** Of objects of one name, as manifests may hold them, the first counts. */
const secretsByNameView = defineView({
  reads: ["secrets"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject> =>
    new Map(slices.secrets.toReversed().map((secret) => [`${secret.ref.namespace}/${secret.ref.name}`, secret])),
});

/** `namespace/name` of the Secrets that Certificates are written to. */
const certifiedView = defineView({
  reads: ["certificates"],
  compute: ({ slices }): ReadonlySet<string> =>
    new Set(slices.certificates.map(({ ref, body }) => `${ref.namespace}/${text(record(body.spec).secretName) ?? ""}`)),
});

export default defineControl({
  id: "ingress-tls-secret",
  layer: "code",
  severity: "medium",
  title: "The certificates that Ingresses name exist",
  failure: "names a certificate that does not exist",
  why: "When the named Secret is missing, the controller serves its own self-signed certificate, and users learn to click through the warning.",
  action: "Create the certificates that Ingresses name",
  fix: "Create the Secret with type kubernetes.io/tls, or let cert-manager make it.",
  verify: "kubectl get ingress NAME -n NAMESPACE -o jsonpath='{.spec.tls[*].secretName}{\"\\n\"}'; kubectl get secrets -n NAMESPACE",
  lookFor: "A name in the first line that is not among the Secrets, or whose TYPE is not `kubernetes.io/tls`.",
  tips: ["S1"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"],
  subject: "ingress",
  reads: ["secrets", "certificates", "secretStores"],
  wholeCluster: "fail",
  check: (ingress, { slices, view }) => {
    const entries = list(record(ingress.body.spec).tls).flatMap((item, index) => {
      const name = text(record(item).secretName);
      return name ? [{ name, path: `spec.tls[${index}].secretName` }] : [];
    });
    if (entries.length === 0) return notApplicable("It names no Secret.");
    const { namespace } = ingress.ref;
    let awaited: string | null = null;
    const found = entries.flatMap(({ name, path }): Weakness[] => {
      const secret = view(secretsByNameView).get(`${namespace}/${name}`);
      if (secret && secret.body.type !== "kubernetes.io/tls")
        return [weakness(path, name, `The Secret ${name} is of type ${text(secret.body.type) ?? "Opaque"}, not kubernetes.io/tls.`)];
      if (secret || view(certifiedView).has(`${namespace}/${name}`)) return [];
      const maker = findMaker(name, ingress, slices.secretStores);
      if (maker === null) return [weakness(path, name, `The Secret ${name} does not exist.`)];
      awaited ??= `${maker} the Secret ${name}, and nothing shows yet that it did.`;
      return [];
    });
    return found.length > 0 || awaited === null ? found : unknown(awaited);
  },
  remedy: null,
});
