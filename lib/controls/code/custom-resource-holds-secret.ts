import { listMarkers } from "../../inventory/secrets/list-markers";
import { readRedactedLines, redactionMarker, sayRule } from "../../inventory/secrets/secret-match";
import { isRecord, record } from "../../model/json";
import { severityOfCredential } from "../credential-answer";
import { defineControl, type Outcome, unknown, type Weakness, weakness } from "../define";

export default defineControl({
  id: "custom-resource-holds-secret",
  layer: "code",
  severity: "high",
  maxSeverity: "critical",
  title: "Values of releases, applications and routes hold no credentials",
  failure: "holds a credential",
  why: "Custom resources are not encrypted at rest as Secrets are, many more identities may read them, and tools that deploy show them in their consoles. What Git holds of them keeps the credential in its history.",
  action: "Move credentials out of values",
  fix: "Move the value into a Secret or an external store, refer to it from there (`valuesFrom` of Flux, `existingSecret` and its kin of the chart, a middleware that names a Secret), and rotate the credential.",
  verify:
    "for kind in helmreleases.helm.toolkit.fluxcd.io helmchartconfigs.helm.cattle.io applications.argoproj.io applicationsets.argoproj.io kustomizations.kustomize.toolkit.fluxcd.io middlewares.traefik.io ingressroutes.traefik.io virtualservices.networking.istio.io httpproxies.projectcontour.io; do kubectl get $kind -n NAMESPACE --field-selector metadata.name=NAME -o yaml; done",
  lookFor:
    "A password, key or token among the values, parameters, headers or annotations. The command prints it: mind who sees your screen. Empty lists and errors: other kinds, which have no object of that name or are not installed.",
  tips: ["S3", "S5"],
  frameworks: { nsa: ["SE"], mitre: ["T1552.001"], mstm: ["MS-TA9027"], owasp: ["K03"] },
  references: [
    "https://fluxcd.io/flux/components/helm/helmreleases/#values",
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/",
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  ],
  subject: "custom-resource",
  reads: [],
  check: ({ ref, body }): Outcome => {
    const { metadata, status: _status, ...told } = body;
    const found = [...listMarkers(told, []), ...listMarkers(record(metadata).annotations, ["metadata", "annotations"])];
    const weaknesses = found.flatMap(({ path, text, match }): Weakness[] =>
      (readRedactedLines(text) ?? [match]).map((one) => {
        const where = one.key ? `Entry ${one.key} of ${path}` : `Field ${path}`;
        return weakness(path, redactionMarker(one), `${where} holds a credential (${sayRule(one)}).`, { severity: severityOfCredential(one) });
      }),
    );
    // Of plugins of Traefik only what a collector keeps is ever seen.
    const isOpen = weaknesses.length === 0 && ref.kind === "Middleware" && isRecord(record(body.spec).plugin);
    return isOpen ? unknown("Settings of its plugin may hold credentials by any name: they are not read.") : weaknesses;
  },
  remedy: null,
});
