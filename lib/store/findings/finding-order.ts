import "server-only";
import { SEVERITIES } from "@/lib/model/severity";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { heldBy } from "../as-of/held-by";
import { STORED_STATES } from "../commit/commit-input";
import { agesOf, type FindingIndex } from "./finding-index";

const FINDING_ORDERS = ["severity", "age", "control", "object", "points"] as const;
export type FindingOrder = (typeof FINDING_ORDERS)[number];

/** What fixing one failing finding of a control gains, in points; never negative. */
export type PointsOf = (control: string, scope: Scope) => number;

const ROW_SPAN = 2 ** 21;
const FAIL = STORED_STATES.indexOf("fail");
const ordersOf = heldBy<FindingIndex, Map<string, Int32Array>>("finding-orders", () => new Map());

/** How old each row was when it ended, the oldest first; of what is open, since when it has been. */
function rankAges(index: FindingIndex, times: readonly number[]): (row: number) => number {
  if (index.endSeqs === undefined) return (row) => index.sinceSeqs[row] ?? 0;
  const ageOf = agesOf(index, times, 0);
  const ages = Array.from(index.sinceSeqs, (_, row) => ageOf(row));
  const ranks = new Map([...new Set(ages)].sort((a, b) => b - a).map((age, rank) => [age, rank]));
  return (row) => ranks.get(ages[row] ?? 0) ?? 0;
}

/** Small number first: the value of the order's own column, before severity, points and object break ties. */
function primary(index: FindingIndex, order: FindingOrder, costRankOf: (row: number) => number, times: readonly number[]): (row: number) => number {
  if (order === "severity") return (row) => index.severities[row] ?? 0;
  if (order === "age") return rankAges(index, times);
  if (order === "control") return (row) => index.controlAt[row] ?? 0;
  if (order === "object") return (row) => index.resourceAt[row] ?? 0;
  return costRankOf;
}

/** Per control and scope, which alone decide the points of a failing finding: 0 = worth most. The last rank is worth nothing. */
function rankCosts(index: FindingIndex, pointsOf: PointsOf): number[] {
  const points = index.controls.flatMap((control) => SCOPES.map((scope) => pointsOf(control, scope)));
  const ranks = new Map([...new Set([...points, 0])].sort((a, b) => b - a).map((value, rank) => [value, rank]));
  return [...points, 0].map((value) => ranks.get(value) ?? 0);
}

/**
 * The rows in order: worst, oldest, most points first, names A to Z; `isReversed` turns that around. Ties: severity, then (where the
 * order's own column leaves many) points, then object and control; no two rows tie, so a page goes on exactly where the one before ended.
 * `times`: when each snapshot was, in milliseconds; of what ended, they say how old it was.
 */
export function orderFindings(
  index: FindingIndex,
  order: FindingOrder,
  isReversed: boolean,
  pointsOf: PointsOf = () => 0,
  times: readonly number[] = [],
): Int32Array {
  const costRanks = rankCosts(index, pointsOf);
  const name = `${order}/${isReversed}/${costRanks.join()}`;
  const orders = ordersOf(index);
  const known = orders.get(name);
  if (known !== undefined) return known;
  const worthNothing = costRanks.at(-1) ?? 0;
  const costRankOf = (row: number): number =>
    index.states[row] === FAIL ? (costRanks[(index.controlAt[row] ?? 0) * SCOPES.length + (index.scopes[row] ?? 0)] ?? worthNothing) : worthNothing;
  const rankOf = primary(index, order, costRankOf, times);
  // An object has few findings, and findings of a control are worth the same: only there could the key outgrow an exact number.
  const costSpan = order === "severity" || order === "age" ? Math.max(...costRanks) + 1 : 1;
  let max = 0;
  for (let row = 0; row < index.size; row += 1) max = Math.max(max, rankOf(row));
  const keys = new Float64Array(index.size);
  for (let row = 0; row < index.size; row += 1) {
    const value = isReversed ? max - rankOf(row) : rankOf(row);
    keys[row] = ((value * SEVERITIES.length + (index.severities[row] ?? 0)) * costSpan + (costSpan === 1 ? 0 : costRankOf(row))) * ROW_SPAN + row;
  }
  keys.sort();
  const rows = Int32Array.from(keys, (key) => key % ROW_SPAN);
  orders.set(name, rows);
  return rows;
}
