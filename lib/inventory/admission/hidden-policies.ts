import { isSinceMinor } from "../values/kube-version";
import { defineView } from "../view";
import { admissionFileView } from "./admission-plugins";

/** From then on the file may name folders of policies and webhooks, which no list of the API shows (feature gate ManifestBasedAdmissionControlConfig). */
const SINCE_MINOR = 37;

/** Why policies may act that no list shows, as a sentence; null = all of them are in lists. */
export const hiddenPoliciesView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): string | null =>
    context.view(admissionFileView) !== null && isSinceMinor(context.kubeVersion, SINCE_MINOR)
      ? "The API server reads settings of admission from a file that the API does not show; since Kubernetes 1.37 it may bring policies of its own."
      : null,
});
