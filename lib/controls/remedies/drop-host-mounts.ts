import type { HostPathMount } from "../../inventory/workloads/host-path-mounts";
import type { PodView } from "../../inventory/workloads/workload";
import type { Patch } from "../../model/patch";
import type { Weakness } from "../define";
import { dropVolumes } from "./drop-volumes";

/** What a weakness says of the volume behind a mount, for `dropHostMounts` to remove. */
export function aboutVolume({ volume, persistentVolume, isClaimedAnew }: HostPathMount): Pick<Weakness, "on" | "hint" | "object"> {
  return { on: volume, ...(!isClaimedAnew && { hint: volume }), ...(persistentVolume && { object: persistentVolume.ref }) };
}

/** Removes the volumes named by the weaknesses' `hint`, and every mount of them. One without a hint cannot be removed, and a part of a patch is none. */
export function dropHostMounts(pod: PodView, weaknesses: readonly Weakness[]): Patch | null {
  const names = new Set(weaknesses.map(({ hint }) => (typeof hint === "string" ? hint : "")));
  if (names.has("")) return null;
  return {
    ops: dropVolumes(pod, names),
    risk: "may-break",
    note: "The process must not need these files; give it a projected, CSI or claimed volume where it does.",
  };
}
