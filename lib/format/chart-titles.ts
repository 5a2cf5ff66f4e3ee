import type { Severity } from "../model/severity";
import { formatCount, formatPercent, formatPointChange, formatPoints } from "./numbers";
import { plural } from "./plural";
import { capitalise, countWord } from "./words";
import { joinWords } from "../model/join-words";

/** "Fix first: one object is worth 30 points"; `steps` in their order. Under one cap the first alone may gain nothing: "two steps together are worth 10 points". */
export function planTitle(steps: readonly { readonly objects: number; readonly gain: number }[], isScored: boolean): string {
  const [first] = steps;
  if (first === undefined) return isScored ? "Nothing to fix first: no open finding costs points" : "What to fix first is unknown: no layer has a score";
  const gain = Math.round(first.gain);
  const objects = `${countWord(first.objects)} ${plural(first.objects, "object is", "objects are")}`;
  const sums = steps.map((_, at) => Math.round(steps.slice(0, at + 1).reduce((sum, step) => sum + step.gain, 0)));
  const together = sums.findIndex((sum) => sum >= 1) + 1;
  const sum = sums[together - 1] ?? 0;
  if (together > 1) return `Fix first: ${countWord(together)} steps together are worth ${sum} ${plural(sum, "point")}`;
  return gain < 1 ? `Fix first: ${objects} worth less than one point` : `Fix first: ${objects} worth ${gain} ${plural(gain, "point")}`;
}

/** "Why cluster moved: fixed +1.7"; names the cause with the most points, either way. Causes that make up for each other are both named. */
export function waterfallTitle(layer: string, causes: readonly { readonly name: string; readonly points: number }[]): string {
  const main = causes.reduce<{ name: string; points: number } | null>((a, b) => (a === null || Math.abs(b.points) > Math.abs(a.points) ? b : a), null);
  if (main === null || Math.abs(main.points) < 0.05) return `${capitalise(layer)} did not move`;
  const say = ({ name, points }: { name: string; points: number }): string => `${name.toLowerCase()} ${formatPointChange(points)}`;
  if (Math.abs(causes.reduce((sum, { points }) => sum + points, 0)) >= 0.05) return `Why ${layer} moved: ${say(main)}`;
  const against = causes
    .filter(({ points }) => points * main.points < 0)
    .reduce((a, b) => (Math.abs(b.points) > Math.abs(a.points) ? b : a), { name: "", points: 0 });
  return `${capitalise(layer)} did not move: ${say(main)}, ${say(against)}`;
}

/** "Half of it is older than 90 days; high misses its target"; `measured` = of which severities with a target and open findings anything was fixed, so that there are times to compare; `isWhole` = all was assessed. */
export function ageTitle(
  age: { readonly total: number; readonly over90: number },
  missed: readonly Severity[],
  { measured, isWhole }: { readonly measured: "all" | "some" | "none"; readonly isWhole: boolean },
): string {
  if (age.total === 0) return isWhole ? "Nothing is open, so nothing ages" : "Nothing is known to be open, so no age is known";
  const share = age.over90 / age.total;
  // What failed at the first scan is at least as old as that: where nothing is older, the history may only be shorter.
  const old =
    age.over90 === 0
      ? "Nothing is known to be older than 90 days"
      : share >= 0.45 && share <= 0.55
        ? "Half of it is older than 90 days"
        : `${formatCount(age.over90)} of ${formatCount(age.total)} ${plural(age.over90, "is", "are")} older than 90 days`;
  if (measured === "none") return `${old}; nothing was fixed yet`;
  if (missed.length === 0) return `${old}; ${measured === "all" ? "every target is met" : "what was fixed met its target"}`;
  return `${old}; ${joinWords([...missed])} ${missed.length === 1 ? "misses its target" : "miss their targets"}`;
}

/** "Cluster-wide objects, payments and ci cost the most"; `names` are sorted by cost and hold only those that cost, "" = cluster-wide; `assessed` = how much of what could cost. */
export function heatTitle(names: readonly string[], assessed: "all" | "some" | "none"): string {
  if (names.length === 0 && assessed === "none") return "What costs points could not be assessed";
  if (names.length === 0) return assessed === "all" ? "No namespace costs points" : "No namespace is known to cost points";
  const top = names.slice(0, 3);
  // At its place, and in two words, which no name of a namespace has.
  const words = top.map((name, index) => (name !== "" ? name : index === 0 ? "Cluster-wide objects" : "cluster-wide objects"));
  return `${joinWords(words)} ${top.length === 1 && top[0] !== "" ? "costs" : "cost"} the most`;
}

/** "Not assessed: three gaps, one action each"; `unread` = shares (0 to 1) of layers, for what no gap explains. */
export function gapsTitle(gaps: number, unread: readonly { readonly layer: string; readonly share: number }[]): string {
  if (gaps === 0 && unread.length === 0) return "Everything in scope was assessed";
  if (gaps === 0) return `Not assessed: ${joinWords(unread.map(({ layer, share }) => `${formatPercent(share)} of ${layer}`))}`;
  return `Not assessed: ${countWord(gaps)} ${plural(gaps, "gap")}, one action${gaps === 1 ? "" : " each"}`;
}

/** "12 of 52 failing controls make half of the cost" from the costs of all that fail, in any order; `isWhole` = all were assessed in full. */
export function costTitle(costs: readonly number[], isWhole: boolean): string {
  const failing = [...costs].sort((a, b) => b - a);
  const total = failing.reduce((sum, cost) => sum + cost, 0);
  const costly = failing.filter((cost) => cost > 0).length;
  if (failing.length === 0) return isWhole ? "No control fails" : "No control is known to fail";
  if (costly === 0)
    return failing.length === 1 ? "The one failing control costs nothing" : `None of ${formatCount(failing.length)} failing controls costs points`;
  if (costly === 1) return `${failing.length === 1 ? "One failing control" : `1 of ${formatCount(failing.length)} failing controls`} makes the whole cost`;
  let sum = 0;
  const count = failing.findIndex((cost) => (sum += cost) >= total / 2) + 1;
  return `${formatCount(count)} of ${formatCount(failing.length)} failing controls ${plural(count, "makes", "make")} half of the cost`;
}

/** "Costs before the cap; before rounding they add up to 100 minus 88.88", which figures of two decimals rarely do; of a layer without a score nothing is said to be one. */
export function costNote({ score, raw }: { readonly score: number | null; readonly raw: number | null }): string {
  return score === null || raw === null ? "Costs before the cap" : `Costs before the cap; before rounding they add up to 100 minus ${formatPoints(raw, 2)}`;
}
