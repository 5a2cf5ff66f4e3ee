import "server-only";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { apiGroup, toResourceRef } from "@/lib/model/resource-ref";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const CONSTRAINTS = "constraints.gatekeeper.sh";

/** Gatekeeper's audit dates its report in each constraint anew every minute, whatever it found: of that status only which pods enforce it is asked. */
function withoutAudit(body: JsonRecord): JsonRecord {
  if (apiGroup(toResourceRef(body)) !== CONSTRAINTS || !isRecord(body.status)) return body;
  const { status, ...rest } = body;
  return status.byPod === undefined ? rest : { ...rest, status: { byPod: status.byPod } };
}

/** Policies of Kyverno with what is excepted from them, of Sigstore, and of Gatekeeper with the namespaces that it leaves out. */
export const policyEnginesCollector = defineCollector({
  id: "policy-engines",
  kinds: [
    ...kindsOf(
      "kyverno.io",
      ["v1", "v2"],
      [
        ["clusterpolicies", "ClusterPolicy"],
        ["policies", "Policy"],
      ],
      optional,
    ),
    ...kindsOf("kyverno.io", ["v2", "v2beta1", "v2alpha1"], [["policyexceptions", "PolicyException"]], optional),
    ...kindsOf(
      "policies.kyverno.io",
      ["v1", "v1beta1", "v1alpha1"],
      [
        ["imagevalidatingpolicies", "ImageValidatingPolicy"],
        ["namespacedimagevalidatingpolicies", "NamespacedImageValidatingPolicy"],
        ["validatingpolicies", "ValidatingPolicy"],
        ["namespacedvalidatingpolicies", "NamespacedValidatingPolicy"],
      ],
      optional,
    ),
    {
      group: "policies.kyverno.io",
      versions: ["v1", "v1beta1", "v1alpha1"],
      resource: "policyexceptions",
      kind: "PolicyException",
      sliceKind: "CELPolicyException",
      optional: true,
    },
    ...kindsOf("policy.sigstore.dev", ["v1beta1", "v1alpha1"], [["clusterimagepolicies", "ClusterImagePolicy"]], optional),
    ...kindsOf("templates.gatekeeper.sh", ["v1", "v1beta1"], [["constrainttemplates", "ConstraintTemplate"]], optional),
    ...kindsOf("config.gatekeeper.sh", ["v1alpha1"], [["configs", "Config"]], optional),
    // One kind per template, so that only discovery can name them.
    { group: CONSTRAINTS, versions: ["v1beta1"], resource: "*", kind: "Constraint", optional: true },
  ],
  project: withoutAudit,
});
