import { parseImageReference } from "../inventory/image-reference";
import { awaitsInjection, listPodImages } from "../inventory/pod-images";
import type { PodView } from "../inventory/workload";
import { text } from "../model/json";
import { judgeContainers } from "../pod-security/judge-check";
import { notApplicable, type Outcome, unknown } from "./define";

/** Of a pod in whose images nothing was found: a pass when every one of them could be read. */
export function judgeImages(pod: PodView): Outcome {
  const unreadable = listPodImages(pod).find(({ value }) => parseImageReference(text(value) ?? "") === null);
  return unreadable ? unknown(`${unreadable.label} names no image that a runtime would accept.`) : judgeReadable(pod);
}

/** Of a pod whose images could all be read, and in which nothing was found. */
export function judgeReadable(pod: PodView): Outcome {
  return awaitsInjection(pod) ? notApplicable("Istio puts the image of istio-proxy there when a pod is made: the running pods show it.") : judgeContainers(pod);
}
