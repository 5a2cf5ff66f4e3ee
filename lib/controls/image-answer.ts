import { parseImageReference } from "../inventory/image-reference";
import { listPodImages } from "../inventory/pod-images";
import type { PodView } from "../inventory/workload";
import { text } from "../model/json";
import { judgeContainers } from "../pod-security/judge-check";
import { type Outcome, unknown } from "./define";

/** Of a pod in whose images nothing was found: a pass when every one of them could be read. */
export function judgeImages(pod: PodView): Outcome {
  const unreadable = listPodImages(pod).find(({ value }) => parseImageReference(text(value) ?? "") === null);
  return unreadable ? unknown(`${unreadable.label} names no image that a runtime would accept.`) : judgeContainers(pod);
}
