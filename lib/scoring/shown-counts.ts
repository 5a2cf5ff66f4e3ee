import type { Tally } from "./tally";

type Counts = Pick<Tally, "n" | "failing" | "waived" | "stale">;

/**
 * The counts that pages show: every subject in one of them. Where nothing at all could be assessed, the passes of an earlier scan are carried for
 * the score alone; their subjects are not assessed, and told as such.
 */
export function shownCounts<Of extends Counts>(tally: Of): Of {
  if (tally.n > tally.stale) return tally;
  const known = tally.failing + tally.waived;
  return { ...tally, n: known, stale: known };
}
