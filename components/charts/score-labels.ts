import { formatScore } from "@/lib/format/numbers";
import type { LineLabel } from "./label-rows";
import { hasEvidence, type LayerReading } from "./layer-reading";

/** What stands below the line of a score: its ends, its bounds, and where it would be without the cap. */
export function labelsBelow(reading: LayerReading): readonly LineLabel[] {
  const ends = [
    { text: "0", at: 0 },
    { text: "100", at: 100 },
  ];
  if (!hasEvidence(reading)) return ends;
  const bounds =
    reading.coverage >= 1
      ? []
      : [
          { says: "if what is not assessed fails", at: reading.lower },
          { says: "if what is not assessed passes", at: reading.upper },
        ];
  const raw = reading.capped && reading.raw !== null ? [{ says: "without cap", at: reading.raw }] : [];
  // What reads as one number is one label: three rows of nearly the same place could not be told apart.
  const same = Map.groupBy([...raw, ...bounds], ({ at }) => formatScore(at));
  return [...ends, ...[...same].map(([score, all]) => ({ text: `${score} ${all.map(({ says }) => says).join(", also ")}`, at: all[0]?.at ?? 0 }))];
}
