import { baselineInstant } from "../model/baseline";
import { DAY_MS } from "../model/day-ms";
import { plural } from "./plural";
import { countWord } from "./words";

/**
 * How the default baseline is called: by its distance in days, "seven days before", or "first snapshot" while the history is shorter. Scans come
 * when they come: the newest one that is old enough may be of the eighth day.
 */
export function baselineWords(baselineAt: Date, shownAt: Date): string {
  if (baselineAt.getTime() > baselineInstant(shownAt).getTime()) return "first snapshot";
  const days = Math.round((shownAt.getTime() - baselineAt.getTime()) / DAY_MS);
  return `${countWord(days)} ${plural(days, "day")} before`;
}
