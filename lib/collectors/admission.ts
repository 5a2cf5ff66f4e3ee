import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const GROUP = "admissionregistration.k8s.io";

/** What the API server asks before it accepts an object. */
export const admissionCollector = defineCollector({
  id: "admission",
  kinds: [
    ...kindsOf(
      GROUP,
      ["v1"],
      [
        ["validatingwebhookconfigurations", "ValidatingWebhookConfiguration"],
        ["mutatingwebhookconfigurations", "MutatingWebhookConfiguration"],
      ],
    ),
    ...kindsOf(
      GROUP,
      ["v1", "v1beta1", "v1alpha1"],
      [
        ["validatingadmissionpolicies", "ValidatingAdmissionPolicy"],
        ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"],
        ["mutatingadmissionpolicies", "MutatingAdmissionPolicy"],
        ["mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding"],
      ],
      { optional: true },
    ),
    ...kindsOf("security.openshift.io", ["v1"], [["securitycontextconstraints", "SecurityContextConstraints"]], { optional: true }),
  ],
});
