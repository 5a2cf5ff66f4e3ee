import { DAY_MS } from "./day-ms";

/** Before there is a review, the baseline of every change is the newest snapshot at least this much older. */
const BASELINE_MS = 7 * DAY_MS;

/** The instant at or before which the default baseline of a moment was taken; when there is none so old, the first snapshot is it. */
export function baselineInstant(shownAt: Date): Date {
  return new Date(shownAt.getTime() - BASELINE_MS);
}
