import { isRecord, list, record } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { containerLabel } from "../workloads/container-label";
import type { Container, PodView } from "../workloads/workload";

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

/** Istio's injector puts its own image in the place of this word when a pod is made. */
export function awaitsInjection(pod: PodView): boolean {
  return pod.source === "template" && pod.containers.some(isPlaceholder);
}

function isPlaceholder({ name, spec }: Container): boolean {
  return name === "istio-proxy" && spec.image === "auto";
}

/** Images of init, app and ephemeral containers, then those of `image` volumes; none that an injector has yet to put there. A dozen controls ask for them. */
export const listPodImages = rememberedOf((pod: PodView): readonly PodImage[] => {
  const own = awaitsInjection(pod) ? pod.containers.filter((container) => !isPlaceholder(container)) : pod.containers;
  const ofContainers = own.map((container) => ({
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
});
