import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

/** Policies of Kyverno, Sigstore and Gatekeeper. */
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
    ...kindsOf(
      "policies.kyverno.io",
      ["v1", "v1beta1", "v1alpha1"],
      [
        ["imagevalidatingpolicies", "ImageValidatingPolicy"],
        ["validatingpolicies", "ValidatingPolicy"],
      ],
      optional,
    ),
    ...kindsOf("policy.sigstore.dev", ["v1beta1", "v1alpha1"], [["clusterimagepolicies", "ClusterImagePolicy"]], optional),
    ...kindsOf("templates.gatekeeper.sh", ["v1", "v1beta1"], [["constrainttemplates", "ConstraintTemplate"]], optional),
    // One kind per template, so that only discovery can name them.
    { group: "constraints.gatekeeper.sh", versions: ["v1beta1"], resource: "*", kind: "Constraint", optional: true },
  ],
});
