import type { AnyControl } from "@/lib/controls/define";
import type { SliceName } from "@/lib/inventory/slices";

/** What a scan learns only when it is asked to, and that is no object which one could apply. */
const LEARNT: readonly SliceName[] = ["kubeletConfigs", "apiServerMetrics", "apiServerProbes"];

export function readsWhatIsLearnt({ reads }: AnyControl): boolean {
  return reads.some((slice) => LEARNT.includes(slice));
}
