import { listMarkers } from "../../inventory/secrets/list-markers";
import { readRedactedLines, redactionMarker, sayRule } from "../../inventory/secrets/secret-match";
import { record } from "../../model/json";
import { severityOfCredential } from "../credential-answer";
import { defineControl, type Outcome, type Weakness, weakness } from "../define";

export default defineControl({
  id: "custom-resource-holds-secret",
  layer: "code",
  severity: "high",
  maxSeverity: "critical",
  title: "Values, settings and routes of custom kinds hold no credentials",
  failure: "holds a credential",
  why: "Custom resources are not encrypted at rest as Secrets are, many more identities may read them, and tools that deploy show them in their consoles. What Git holds of them keeps the credential in its history.",
  action: "Move credentials out of custom resources",
  fix: "Move the value into a Secret or an external store, refer to it from there (`valuesFrom` of Flux, `existingSecret` and its kin of the chart, fields of operators and middlewares that name a Secret), and rotate the credential.",
  verify:
    "for kind in $(kubectl api-resources --verbs=list -o name | grep -E '[.].+[.]'); do kubectl get $kind NAME -n NAMESPACE --ignore-not-found -o yaml; done",
  lookFor:
    "A password, key or token among the values, parameters, settings, headers or annotations of the object. The command prints it, and objects of other custom kinds that have its name: mind who sees your screen.",
  tips: ["S3", "S5"],
  frameworks: { nsa: ["SE"], mitre: ["T1552.001"], mstm: ["MS-TA9027"], owasp: ["K03"] },
  references: [
    "https://fluxcd.io/flux/components/helm/helmreleases/#values",
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/",
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  ],
  subject: "custom-resource",
  reads: [],
  check: ({ body }): Outcome => {
    const { metadata, status: _status, ...told } = body;
    const found = [...listMarkers(told, []), ...listMarkers(record(metadata).annotations, ["metadata", "annotations"])];
    return found.flatMap(({ path, text, match }): Weakness[] =>
      (readRedactedLines(text) ?? [match]).map((one) => {
        const where = one.key ? `Entry ${one.key} of ${path}` : `Field ${path}`;
        return weakness(path, redactionMarker(one), `${where} holds a credential (${sayRule(one)}).`, { severity: severityOfCredential(one) });
      }),
    );
  },
  remedy: null,
});
