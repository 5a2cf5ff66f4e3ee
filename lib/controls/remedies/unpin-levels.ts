import { labelPath, type PodSecurityMode, pinsOf } from "../../inventory/admission/pod-security-labels";
import type { PatchOp } from "../../model/patch";
import { set } from "./ops";

/** Lets go of the pinned versions of levels that were judged by the server's own checks. */
export function unpinLevels(labels: Readonly<Record<string, string>>, modes: readonly PodSecurityMode[]): readonly PatchOp[] {
  return pinsOf(labels, modes).map((key) => set(labelPath(key), "latest"));
}
