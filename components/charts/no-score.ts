import type { NoPicture } from "./chart-frame";
import type { TrendSeries } from "./trend-series";

/** What a frame says in place of axes without a line, where no layer had a score in all that time; null where one had. */
export function whyNoScore(all: readonly TrendSeries[]): NoPicture | null {
  const points = all.flatMap((series) => series.points);
  if (points.some(({ score }) => score !== null)) return null;
  if (points.every(({ isEmpty }) => isEmpty === true)) return { kind: "empty", say: "There was nothing to judge" };
  return {
    kind: "not-assessed",
    say: "Too little could be assessed for a score",
    more: "The line begins with the first snapshot in which enough can be.",
  };
}
