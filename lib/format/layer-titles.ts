import { formatCount, formatPercent, formatScore, formatScoreChange, scoreChange } from "./numbers";
import { formatDuration } from "./relative-time";
import { plural } from "./plural";
import { capitalise, countWord } from "./words";

export interface LayerTally {
  readonly failing: number;
  readonly passing: number;
  readonly notAssessed: number;
}

export interface LayerBounds {
  readonly coverage: number;
  readonly lower: number;
  readonly upper: number;
  readonly capped: boolean;
  readonly hasScore: boolean;
  /** Controls that are out of scope, since they need a source that nobody switched on. */
  readonly switchedOff: number;
}

/** "Of 88 controls in scope 52 fail, 24 pass and 12 were not assessed. Coverage 87 %, so without the cap the score lies between 68 and 81." */
export function layerSentence(tally: LayerTally, bounds: LayerBounds): string {
  const { switchedOff } = bounds;
  const off = switchedOff === 0 ? "" : ` ${capitalise(countWord(switchedOff))} more ${plural(switchedOff, "needs", "need")} a source that is off.`;
  return `${inScopeSentence(tally, bounds)}${off}`;
}

function inScopeSentence(tally: LayerTally, bounds: LayerBounds): string {
  const all = tally.failing + tally.passing + tally.notAssessed;
  if (all === 0) return "No control of this layer is in scope.";
  const fail = tally.failing === 0 ? "none fails" : `${formatCount(tally.failing)} ${plural(tally.failing, "fails", "fail")}`;
  const pass = `${formatCount(tally.passing)} ${plural(tally.passing, "passes", "pass")}`;
  const controls =
    tally.notAssessed === 0
      ? `Of ${formatCount(all)} ${plural(all, "control")} in scope ${fail} and ${pass}.`
      : `Of ${formatCount(all)} ${plural(all, "control")} in scope ${fail}, ${pass} and ${formatCount(tally.notAssessed)} ${plural(tally.notAssessed, "was", "were")} not assessed.`;
  const coverage = `Coverage ${formatPercent(bounds.coverage)}`;
  if (!bounds.hasScore) return `${controls} ${coverage}; a score needs 60 %.`;
  const [lower, upper] = [formatScore(bounds.lower), formatScore(bounds.upper)];
  if (lower === upper) return `${controls} ${coverage}.`;
  return `${controls} ${coverage}, so ${bounds.capped ? "without the cap " : ""}the score lies between ${lower} and ${upper}.`;
}

/** "Down 32 in 90 days", "Unchanged over 14 days"; instants are ISO. */
export function layerTrendTitle(
  first: { readonly at: string; readonly score: number } | null,
  last: { readonly at: string; readonly score: number } | null,
): string {
  if (first === null || last === null) return "There is no score in this time";
  if (first.at === last.at) return "One snapshot so far";
  const span = formatDuration(Date.parse(last.at) - Date.parse(first.at));
  const change = scoreChange(first.score, last.score);
  if (change === 0) return `Unchanged over ${span}`;
  return `${change > 0 ? "Up" : "Down"} ${Math.abs(change)} in ${span}`;
}

/** "Since 17 Nov: −32" */
export function layerMoveTitle(since: string, from: number, to: number): string {
  const change = formatScoreChange(from, to);
  return change === "0" ? `Since ${since}: no change` : `Since ${since}: ${change}`;
}

/** "One critical finding is open", "36 critical findings are open" */
export function openSentence(count: number, severity: string): string {
  return `${capitalise(countWord(count))} ${severity} ${plural(count, "finding is", "findings are")} open`;
}
