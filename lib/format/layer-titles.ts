import type { Layer } from "../model/layer";
import { formatDay, type TimeZone } from "./instant";
import { formatCount, formatNoun, formatPercent, formatScore, formatScoreChange, scoreChange } from "./numbers";
import { plural } from "./plural";
import { formatSpan } from "./relative-time";
import { capitalise, countWord, LAYER_WORDS } from "./words";
import { joinWords } from "../model/join-words";

/** Title of a trend without any. */
const NO_SCORE = "There is no score in this time";

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
  /** Controls that found no subject. */
  readonly idle: number;
  /** Controls that are out of scope, since they need a source that nobody switched on. */
  readonly switchedOff: number;
}

/** "Of 88 controls, 52 fail, 24 pass and 12 were not assessed in full. Coverage 87 %, so without the cap the score lies between 68 and 81." */
export function layerSentence(tally: LayerTally, bounds: LayerBounds): string {
  const { idle, switchedOff } = bounds;
  const hasAny = tally.failing + tally.passing + tally.notAssessed > 0;
  const nothing = idle === 0 || !hasAny ? "" : ` ${capitalise(countWord(idle))} more found nothing to judge.`;
  const off = switchedOff === 0 ? "" : ` ${capitalise(countWord(switchedOff))} more ${plural(switchedOff, "needs", "need")} a source that is off.`;
  return `${inScopeSentence(tally, bounds)}${nothing}${off}`;
}

function inScopeSentence(tally: LayerTally, bounds: LayerBounds): string {
  const all = tally.failing + tally.passing + tally.notAssessed;
  if (all === 0) return "No control of this layer found anything to judge.";
  if (tally.notAssessed === all && !bounds.hasScore)
    return `None of ${formatNoun(all, "control")} could be assessed in full. Coverage ${formatPercent(bounds.coverage)}; a score needs 60 %.`;
  const fail = tally.failing === 0 ? "none fails" : `${formatCount(tally.failing)} ${plural(tally.failing, "fails", "fail")}`;
  const pass = `${formatCount(tally.passing)} ${plural(tally.passing, "passes", "pass")}`;
  const controls =
    tally.notAssessed === 0
      ? `Of ${formatCount(all)} ${plural(all, "control")}, ${fail} and ${pass}.`
      : `Of ${formatCount(all)} ${plural(all, "control")}, ${fail}, ${pass} and ${formatCount(tally.notAssessed)} ${plural(tally.notAssessed, "was", "were")} not assessed in full.`;
  const coverage = `Coverage ${formatPercent(bounds.coverage)}`;
  if (!bounds.hasScore) return `${controls} ${coverage}; a score needs 60 %.`;
  const [lower, upper] = [formatScore(bounds.lower), formatScore(bounds.upper)];
  if (lower === upper) return `${controls} ${coverage}.`;
  return `${controls} ${coverage}, so ${bounds.capped ? "without the cap " : ""}the score lies between ${lower} and ${upper}.`;
}

/** A score that was known at an instant (ISO). */
interface ScoreAt {
  readonly at: string;
  readonly score: number;
}

/** What was known of a score at an instant (ISO); null = too little was assessed. */
export interface MaybeScoreAt {
  readonly at: string;
  readonly score: number | null;
}

/** A loss of this many points between two snapshots is an event with a date, not a slope. */
const FALL = 5;

/** The latest fall that was not made good since; `scores` are the oldest first. */
function findFall(scores: readonly ScoreAt[]): { readonly points: number; readonly at: string } | null {
  for (let index = scores.length - 1; index > 0; index--) {
    const [before, after, last] = [scores[index - 1], scores[index], scores.at(-1)];
    if (before === undefined || after === undefined || last === undefined) return null;
    const points = -scoreChange(before.score, after.score);
    if (points >= FALL) return -scoreChange(before.score, last.score) >= FALL ? { points, at: after.at } : null;
  }
  return null;
}

function toKnown(scores: readonly MaybeScoreAt[]): readonly ScoreAt[] {
  return scores.flatMap(({ at, score }) => (score === null ? [] : [{ at, score }]));
}

/** Since when there has been no score, where the newest has none: the first instant without one after the last that had one. */
export function findLoss(scores: readonly MaybeScoreAt[]): string | null {
  const last = scores.findLastIndex(({ score }) => score !== null);
  return last === -1 ? null : (scores[last + 1]?.at ?? null);
}

function fallWords(fall: { readonly points: number; readonly at: string }, zone: TimeZone): string {
  return `fell ${fall.points} on ${formatDay(new Date(fall.at), zone)}`;
}

/** "Up 11 in 90 days", "Fell 20 on 21 Nov; up 4 in 90 days", "No score since 11 Oct; 86 on 10 Oct"; the oldest first. */
export function layerTrendTitle(all: readonly MaybeScoreAt[], zone: TimeZone): string {
  const [scores, loss] = [toKnown(all), findLoss(all)];
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return NO_SCORE;
  if (loss !== null) return `No score since ${formatDay(new Date(loss), zone)}; ${formatScore(last.score)} on ${formatDay(new Date(last.at), zone)}`;
  if (first.at === last.at) return "One snapshot so far";
  const span = formatSpan(Date.parse(last.at) - Date.parse(first.at));
  const change = scoreChange(first.score, last.score);
  const fall = findFall(scores);
  if (fall !== null && change === 0) return `${capitalise(fallWords(fall, zone))}, as low as on ${formatDay(new Date(first.at), zone)}`;
  if (fall !== null && change === -fall.points) return capitalise(fallWords(fall, zone));
  const whole = change === 0 ? `Unchanged over ${span}` : `${change > 0 ? "Up" : "Down"} ${Math.abs(change)} in ${span}`;
  return fall === null ? whole : `${capitalise(fallWords(fall, zone))}; ${whole.toLowerCase()}`;
}

/** "Cluster fell 20 on 21 Nov; in 90 days cloud rose 11 and code 7", "In 90 days no layer moved"; scores are the oldest first. */
export function trendTitle(trends: readonly { readonly layer: Layer; readonly scores: readonly MaybeScoreAt[] }[], zone: TimeZone): string {
  const losses = trends.flatMap(({ layer, scores }) => {
    const loss = findLoss(scores);
    return loss === null ? [] : [`${LAYER_WORDS[layer].toLowerCase()} has had no score since ${formatDay(new Date(loss), zone)}`];
  });
  const known = trends.flatMap(({ layer, scores: all }) => {
    const scores = toKnown(all);
    const [first, last] = [scores[0], scores.at(-1)];
    if (first === undefined || last === undefined || first.at === last.at || findLoss(all) !== null) return [];
    return [{ name: LAYER_WORDS[layer].toLowerCase(), first, last, fall: findFall(scores), change: scoreChange(first.score, last.score) }];
  });
  if (known.length === 0 && losses.length > 0) return capitalise(losses.join("; "));
  if (trends.length > 0 && trends.every(({ scores }) => toKnown(scores).length === 0)) return NO_SCORE;
  if (known.length === 0) return "There is no earlier score to compare with";
  const span = formatSpan(Math.max(...known.map(({ first, last }) => Date.parse(last.at) - Date.parse(first.at))));
  const falls = known.flatMap(({ name, fall }) => (fall === null ? [] : [`${name} ${fallWords(fall, zone)}`]));
  const slow = (verb: string, sign: number): string[] => {
    const own = known.filter(({ fall, change }) => fall === null && Math.sign(change) === sign);
    return own.length === 0 ? [] : [joinWords(own.map(({ name, change }, index) => `${name} ${index === 0 ? `${verb} ` : ""}${Math.abs(change)}`))];
  };
  const slopes = [...slow("rose", 1), ...slow("fell", -1)];
  if (falls.length === 0 && slopes.length === 0) return capitalise([...losses, `in ${span} no ${losses.length === 0 ? "" : "other "}layer moved`].join("; "));
  return capitalise([...losses, ...falls, ...(slopes.length === 0 ? [] : [`in ${span} ${slopes.join("; ")}`])].join("; "));
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
