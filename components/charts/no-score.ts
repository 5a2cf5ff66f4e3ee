import type { ComponentProps } from "react";
import type { ChartFrame } from "./chart-frame";
import type { TrendSeries } from "./trend-series";

/** What a frame says in place of axes without a line, where no layer had a score in all that time; nothing where one had. */
export function noScoreState(all: readonly TrendSeries[]): Pick<ComponentProps<typeof ChartFrame>, "state" | "stateWords"> {
  const points = all.flatMap((series) => series.points);
  if (points.some(({ score }) => score !== null)) return {};
  if (points.every(({ isEmpty }) => isEmpty === true)) return { state: "empty", stateWords: { say: "There was nothing to judge" } };
  return {
    state: "not-assessed",
    stateWords: { say: "Too little could be assessed for a score", more: "The line begins with the first snapshot in which enough can be." },
  };
}
