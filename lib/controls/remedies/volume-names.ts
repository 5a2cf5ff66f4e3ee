import type { PodView } from "../../inventory/workloads/workload";
import { records } from "../../model/json";

/** The names of a pod's volumes, and those that its containers mount: the claims of a StatefulSet are volumes too, which its template does not list. */
export function volumeNames(pod: PodView): ReadonlySet<unknown> {
  return new Set([pod.spec.volumes, ...pod.containers.map(({ spec }) => spec.volumeMounts)].flatMap((items) => records(items).map(({ name }) => name)));
}
