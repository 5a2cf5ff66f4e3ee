import type { PodView } from "../../inventory/workloads/workload";
import type { Patch } from "../../model/patch";
import type { Weakness } from "../define";
import { dropVolumes } from "./drop-volumes";

/** Removes the volumes named by the weaknesses' `hint`, and every mount of them. The claims of a StatefulSet cannot be changed in place. */
export function dropHostMounts(pod: PodView, weaknesses: readonly Weakness[]): Patch | null {
  const names = new Set(weaknesses.flatMap(({ hint }) => (typeof hint === "string" && hint !== "" ? [hint] : [])));
  if (names.size === 0 || weaknesses.some(({ path }) => path.startsWith("spec.volumeClaimTemplates["))) return null;
  return {
    ops: dropVolumes(pod, names),
    risk: "may-break",
    note: "The process must not need these files; give it a projected, CSI or claimed volume where it does.",
  };
}
