import { groupDigits } from "../model/group-digits";
import { hasNothingToJudge } from "../model/layer";
import { plural } from "./plural";

const MINUS = "\u2212";
/** The sign of figures that do not apply. */
const NOTHING = "\u2013";

/** 2802 -> "2,802"; a minus is U+2212. */
export function formatCount(count: number): string {
  return withMinus(Math.round(count), groupDigits(Math.abs(Math.round(count))));
}

/** formatNoun(1, "finding") = "1 finding", formatNoun(0, "finding") = "no findings". */
export function formatNoun(count: number, one: string, many?: string): string {
  return `${count === 0 ? "no" : formatCount(count)} ${plural(count, one, many)}`;
}

/** formatAll(2) = "both", formatAll(4) = "all 4"; of more than one. */
export function formatAll(count: number): string {
  return count === 2 ? "both" : `all ${formatCount(count)}`;
}

/** Scores are integers, 0 to 100; null = not enough evidence, one sign everywhere. */
export function formatScore(score: number | null): string {
  return score === null ? "?" : withMinus(Math.round(score), Math.abs(Math.round(score)).toString());
}

/** The same of a layer, which may hold nothing to judge: that is not the sign of what could not be assessed. `coverage` from 0 to 1. */
export function formatLayerScore(layer: { readonly score: number | null; readonly coverage: number }): string {
  return hasNothingToJudge(layer) ? NOTHING : formatScore(layer.score);
}

/** Points with a fixed number of decimals: one on charts, two in tables. */
export function formatPoints(points: number, decimals: 1 | 2 = 1): string {
  const digits = Math.abs(points).toFixed(decimals);
  return withMinus(Number(digits) === 0 ? 0 : points, digits);
}

/** "+4.5", U+2212 for a loss, "0" for nothing. */
export function formatPointChange(points: number, decimals: 1 | 2 = 1): string {
  const digits = Math.abs(points).toFixed(decimals);
  return Number(digits) === 0 ? "0" : `${points > 0 ? "+" : MINUS}${digits}`;
}

/** The difference of the integers that are shown (61.6 to 66.6 is +5), never of the exact scores. */
export function scoreChange(from: number, to: number): number {
  return Math.round(to) - Math.round(from);
}

export function formatScoreChange(from: number, to: number): string {
  const change = scoreChange(from, to);
  return change === 0 ? "0" : `${change > 0 ? "+" : MINUS}${Math.abs(change)}`;
}

/** A share of 0..1 as "87 %". Only a whole share reads 100 %, only none reads 0 %. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent >= 100 && share < 1) return "99 %";
  if (percent <= 0 && share > 0) return "1 %";
  return `${percent} %`;
}

/** "50–79"; one number when both ends round to the same. */
export function formatInterval(lower: number, upper: number): string {
  const [from, to] = [Math.round(lower), Math.round(upper)];
  return from === to ? `${from}` : `${from}\u2013${to}`;
}

function withMinus(sign: number, digits: string): string {
  return sign < 0 ? `${MINUS}${digits}` : digits;
}

/** Why the points of a finding stand in brackets: another one under the same cap shows the whole gain already. */
export const BRACKET_WORDS = "Points in brackets count once the cap of the layer is lifted.";
