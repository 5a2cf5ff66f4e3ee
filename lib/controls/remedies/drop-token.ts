import { isInjectedTokenVolume } from "../../inventory/workloads/service-account-token";
import type { PodView } from "../../inventory/workloads/workload";
import { records } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { remove, set } from "./ops";

/** No token for this pod; in a pod that runs already, the volume that admission put in goes too. */
export function dropToken(pod: PodView): readonly PatchOp[] {
  const volumes = records(pod.spec.volumes);
  const names = new Set(volumes.filter(isInjectedTokenVolume).map((volume) => volume.name));
  const mounts = pod.containers.flatMap((container) =>
    records(container.spec.volumeMounts).flatMap((mount, index) => (names.has(mount.name) ? [remove(container.at(`volumeMounts[${index}]`))] : [])),
  );
  const gone = volumes.flatMap((volume, index) => (isInjectedTokenVolume(volume) ? [remove(pod.at(`volumes[${index}]`))] : []));
  return [set(pod.at("automountServiceAccountToken"), false), ...mounts, ...gone];
}
