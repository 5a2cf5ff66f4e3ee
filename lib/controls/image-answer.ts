import { parseImageReference, splitImageReference } from "../inventory/images/image-reference";
import { awaitsInjection, listPodImages } from "../inventory/images/pod-images";
import type { PodView } from "../inventory/workloads/workload";
import { text } from "../model/json";
import { judgeContainers } from "../pod-security/judge-check";
import { notApplicable, type Outcome, safe, unknown } from "./define";

function findUnreadable(pod: PodView, read: typeof parseImageReference): Outcome | null {
  const unreadable = listPodImages(pod).find(({ value }) => read(text(value) ?? "") === null);
  return unreadable ? unknown(`${unreadable.label} names no image that a runtime would accept.`) : null;
}

/** Of a pod in whose images nothing was found: a pass when every one of them could be read. */
export function judgeImages(pod: PodView): Outcome {
  return findUnreadable(pod, parseImageReference) ?? judgeReadable(pod);
}

/** Of a pod whose images are of no program that was looked for: `why`, when the program of every one of them could be told. */
export function judgeOthers(pod: PodView, why: string): Outcome {
  return findUnreadable(pod, splitImageReference) ?? safe(why);
}

/** Of a pod whose images could all be read, and in which nothing was found. */
export function judgeReadable(pod: PodView): Outcome {
  return awaitsInjection(pod) ? notApplicable("Istio puts the image of istio-proxy there when a pod is made: the running pods show it.") : judgeContainers(pod);
}
