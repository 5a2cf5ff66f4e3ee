/** Before there is a review, the baseline of every change is the newest snapshot at least this much older. */
const BASELINE_MS = 7 * 86_400_000;

/** The instant at or before which the default baseline of a moment was taken; when there is none so old, the first snapshot is it. */
export function baselineInstant(shownAt: Date): Date {
  return new Date(shownAt.getTime() - BASELINE_MS);
}

/** How the default baseline is called: "seven days before", or "first snapshot" while the history is shorter. */
export function baselineWords(baselineAt: Date, shownAt: Date): string {
  return baselineAt.getTime() <= baselineInstant(shownAt).getTime() ? "seven days before" : "first snapshot";
}
