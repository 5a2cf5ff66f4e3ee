import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { isGap, type KindCoverage } from "@/lib/model/coverage";

export interface KindGap {
  readonly reason: string;
  readonly action: string | null;
}

/** Why what needs these kinds (as slices name them) was not assessed in a snapshot: the first of them that could not be read; null = none. */
export function findKindGap(coverage: readonly KindCoverage[], kinds: readonly string[]): KindGap | null {
  const gap = coverage.find((entry) => isGap(entry) && kinds.includes(sliceKindOf(entry)));
  return gap ? { reason: `${gap.kind} objects could not be read in this snapshot. ${gap.reason ?? ""}`.trim(), action: gap.action ?? null } : null;
}
