import type { PodView } from "../../inventory/workloads/workload";
import { isRecord, list } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { remove } from "./ops";

/** Removes volumes by name, with every mount of them. */
export function dropVolumes(pod: PodView, names: ReadonlySet<string>): readonly PatchOp[] {
  const volumes = list(pod.spec.volumes).flatMap((volume, i) => (isRecord(volume) && names.has(String(volume.name)) ? [remove(pod.at(`volumes[${i}]`))] : []));
  const mounts = pod.containers.flatMap((container) => {
    const all = list(container.spec.volumeMounts);
    const indexes = all.flatMap((mount, i) => (isRecord(mount) && names.has(String(mount.name)) ? [i] : []));
    if (indexes.length === 0) return [];
    if (indexes.length === all.length) return [remove(container.at("volumeMounts"))];
    return indexes.map((i) => remove(container.at(`volumeMounts[${i}]`)));
  });
  return [...mounts, ...volumes];
}
