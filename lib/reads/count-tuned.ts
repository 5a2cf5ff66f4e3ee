import "server-only";
import type { TunedCounts } from "@/lib/contracts/tuning";
import type { CatalogueAt } from "./catalogue-at";

/** How many controls of a moment are off, re-weighted, or the cluster's own. */
export function countTuned({ entries }: Pick<CatalogueAt, "entries">): TunedCounts {
  const counts = { off: 0, reweighted: 0, own: 0 };
  for (const { disabled, reweighted, own } of entries.values()) {
    if (disabled !== undefined) counts.off += 1;
    else {
      if (reweighted) counts.reweighted += 1;
      if (own) counts.own += 1;
    }
  }
  return counts;
}
