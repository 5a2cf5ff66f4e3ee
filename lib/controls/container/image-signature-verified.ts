import { imageVerifiersView } from "../../inventory/admission/image-verifiers";
import { parseImageReference } from "../../inventory/images/image-reference";
import { findRunningDigest } from "../../inventory/images/running-digest";
import { listPodImages } from "../../inventory/images/pod-images";
import { isRecord, parseJson, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";

const ANNOTATION = "kyverno.io/verify-images";

function parseRecord(value: string): ReadonlyMap<string, string> | null {
  const parsed = parseJson(value);
  if (!isRecord(parsed)) return null;
  return new Map(Object.entries(parsed).map(([image, result]) => [image, result === true ? "pass" : (text(result) ?? String(result))]));
}

export default defineControl({
  id: "image-signature-verified",
  layer: "container",
  severity: "low",
  title: "The signatures of running images were verified",
  failure: "runs an image whose signature did not verify",
  why: "A verification that failed and was let through means that the image is not what its builder signed.",
  action: "Sign the image, or find out who pushed it",
  fix: "Find out who pushed the image, sign it in the build, and let the policy refuse what fails.",
  verify:
    'kubectl get pods -n NAMESPACE -o jsonpath=\'{range .items[*]}{.metadata.name}{"\\t"}{.metadata.annotations.kyverno\\.io/verify-images}{"\\n"}{end}\'',
  lookFor: '`"fail"` after an image. Nothing after a pod: Kyverno has verified none of its images.',
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525", "T1195.002", "T1204.003"], owasp: ["K04"] },
  references: ["https://kyverno.io/docs/policy-types/cluster-policy/verify-images/"],
  subject: "workload",
  reads: ["policyEngineObjects", "webhooks", "workloads"],
  extraReads: ["configMaps", "services", "nodes", "endpointSlices", "companions"],
  check: ({ workload, pod }, context): Outcome => {
    const value = pod.annotations[ANNOTATION];
    if (value === undefined) {
      const writes = context.view(imageVerifiersView).some((verifier) => verifier.object.ref.kind === "ClusterPolicy" || verifier.object.ref.kind === "Policy");
      return writes
        ? unknown("Kyverno has left no record of a verification on it.")
        : notApplicable("Nothing in the cluster leaves a record of verifications.");
    }
    const results = parseRecord(value);
    if (!results) return unknown("The record of verifications could not be read.");
    const recorded = [...results.keys()].map(parseImageReference);
    const missed = listPodImages(pod).find(({ value: image }) => {
      const running = parseImageReference(text(image) ?? "");
      if (!running) return true;
      // A tag may have moved since it was verified.
      const digest = running.digest ?? findRunningDigest(workload, image);
      return !recorded.some((known) => known?.repository === running.repository && (!digest || !known.digest || known.digest === digest));
    });
    const failed = [...results].filter(([, result]) => result !== "pass" && result !== "skip");
    if (failed.length === 0 && missed) return unknown(`${missed.label} runs an image that is not in the record of verifications.`);
    return failed.map(
      ([image, result]): Weakness =>
        weakness(pod.atMetadata(`annotations["${ANNOTATION}"]`), `${image}: ${result}`, `The signature of ${image} did not verify.`),
    );
  },
  remedy: null,
});
