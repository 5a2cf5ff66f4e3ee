import { isRecord, list, record } from "../model/json";
import { containerLabel } from "./container-label";
import type { PodView } from "./workload";

/** One place of a pod spec that names an image. */
interface PodImage {
  readonly path: string;
  /** As written; may be absent or no text at all. */
  readonly value: unknown;
  /** "Container app" or "Volume data". */
  readonly label: string;
  readonly container?: string;
  readonly pullPolicy: unknown;
}

/** Images of init, app and ephemeral containers, then those of `image` volumes. */
export function listPodImages(pod: PodView): readonly PodImage[] {
  const ofContainers = pod.containers.map((container) => ({
    path: container.at("image"),
    value: container.spec.image ?? undefined,
    label: `Container ${containerLabel(container)}`,
    container: container.name,
    pullPolicy: container.spec.imagePullPolicy,
  }));
  const ofVolumes = list(pod.spec.volumes).flatMap((volume, i) => {
    const image = record(volume).image;
    if (!isRecord(image)) return [];
    return [
      {
        path: pod.at(`volumes[${i}].image.reference`),
        value: image.reference ?? undefined,
        label: `Volume ${String(record(volume).name ?? i)}`,
        pullPolicy: image.pullPolicy,
      },
    ];
  });
  return [...ofContainers, ...ofVolumes];
}
