import { parseImageReference } from "../../inventory/images/image-reference";
import type { KubeObject } from "../../inventory/kube-object";
import { listPodImages } from "../../inventory/images/pod-images";
import { guardedNamespacesView } from "../../inventory/admission/policy-reach";
import { defineView } from "../../inventory/view";
import { text } from "../../model/json";
import { type Danger, toChange, toStranger } from "../../pod-security/exemplary-pods";
import { podGuardsView, READ_FOR_TRIALS, seesAddedView, speaksOf, wordsOf } from "./pod-guards";
import { anyOf, type Refusal } from "./try-policy";

/** Images that registries are tried with. */
const MOST_IMAGES = 20;

/** What a policy does about images from a registry that nobody knows. */
export interface RegistryLimit {
  /** Whether it refuses new pods with them, and lets an image in that is in use. */
  readonly ofNew: Refusal;
  /** The same of pods whose images are changed. */
  readonly ofChanged: Refusal;
  /** Whether it may look at containers that are added to a running pod. */
  readonly seesAdded: boolean;
}

/** Whether policies that can be tried limit the registries of images. */
export const registryLimitsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((policy: KubeObject) => RegistryLimit) => {
    const findGuard = context.view(podGuardsView);
    const seesAdded = context.view(seesAddedView);
    const { namespaces } = context.view(guardedNamespacesView);
    const images = new Set(
      context.slices.workloads
        .flatMap((workload) => workload.views())
        .flatMap(listPodImages)
        .flatMap(({ value }) => text(value) ?? []),
    );
    const strangers = [...images].flatMap((image) => {
      const reference = parseImageReference(image);
      return reference ? [toStranger(image, reference)] : [];
    });
    const made = strangers.slice(0, MOST_IMAGES);
    const changed = made.map(toChange);
    return (policy) => {
      const words = wordsOf(policy);
      const refuses = findGuard(policy, namespaces);
      const refusesAny = (dangers: readonly Danger[]): Refusal => {
        const asked = dangers.filter((danger, index) => index === 0 || speaksOf(words, danger));
        return anyOf(asked.values().map(refuses));
      };
      const ofNew = refusesAny(made);
      return { ofNew, ofChanged: ofNew === true && refusesAny(changed), seesAdded: seesAdded(policy) };
    };
  },
});
