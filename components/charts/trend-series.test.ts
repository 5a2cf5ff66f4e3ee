import { expect, it } from "vitest";
import { partAtSilence } from "./silent-times";
import { findDrops, findGaps, findLastKnown, type TrendPoint, toTrendRows } from "./trend-series";

const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString();
function point(n: number, raw: number | null, cap = 100, reason?: string): TrendPoint {
  const score = raw === null ? null : Math.min(raw, cap);
  return {
    seq: n,
    at: day(n),
    score,
    raw,
    lower: raw === null ? null : raw - 5,
    upper: raw === null ? null : raw + 2,
    coverage: 0.9,
    ...(reason === undefined ? {} : { reason }),
  };
}

it("a cap is a vertical drop, a held line and a dotted line above it", () => {
  const rows = toTrendRows([point(1, 80), point(2, 78, 49), point(3, 79, 49), point(4, 79)]);
  expect(rows.map((r) => r.free)).toEqual([80, 78, null, 79]);
  expect(rows.map((r) => r.held)).toEqual([null, 49, 49, 49]);
  expect(rows.map((r) => r.without)).toEqual([null, 78, 79, 79]);
  expect(findDrops(rows).map((d) => [d.from, d.to])).toEqual([
    [78, 49],
    [79, 49],
  ]);
});

it("a cap of one snapshot takes nothing away of the line before it, and joins nothing over it", () => {
  const rows = toTrendRows([point(1, 62), point(2, 93, 89), point(3, 99), point(4, 98, 89), point(5, 97)]);
  expect(rows.map((r) => r.free)).toEqual([62, 93, null, null, 97]);
  expect(rows.map((r) => r.freeAgain)).toEqual([null, null, 99, 98, null]);
  expect(rows.map((r) => r.held)).toEqual([null, 89, 89, 89, 89]);
  expect(findDrops(rows).map((d) => [d.from, d.to])).toEqual([
    [93, 89],
    [99, 89],
    [98, 89],
    [97, 89],
  ]);
});

it("a cap fell from nowhere where nothing was assessed before", () => {
  const rows = toTrendRows([point(1, 80), point(2, null), point(3, 79, 49), point(4, 79, 49)]);
  expect(rows.map((r) => r.free)).toEqual([80, null, null, null]);
  expect(findDrops(rows)).toEqual([]);
});

it("a cap that began or ended while nobody looked fell from nowhere, and rose to nowhere", () => {
  const silent = [2, 4].map((n) => ({ from: { seq: n, takenAt: day(n) }, to: { seq: n + 1, takenAt: day(n + 1) } }));
  const points = [point(1, 80), point(2, 80), point(3, 79, 49), point(4, 79, 49), point(5, 78)];
  const rows = partAtSilence(points, silent).flatMap(toTrendRows);
  expect(rows.map((r) => r.free)).toEqual([80, 80, null, null, 78]);
  expect(rows.map((r) => r.held)).toEqual([null, null, 49, 49, null]);
  expect(findDrops(rows)).toEqual([]);
});

it("the band stays around the raw score and breaks where nothing was assessed", () => {
  const rows = toTrendRows([point(1, 78, 49), point(2, null), point(3, 70)]);
  expect(rows.map((r) => r.band)).toEqual([[73, 80], null, [65, 72]]);
  expect(rows[1]?.free).toBeNull();
});

it("gaps reach from the last known point to the next, also at the ends", () => {
  const gaps = findGaps([point(1, null, 100, "no image scan yet"), point(2, 60), point(3, null), point(4, null), point(5, 61), point(6, null)]);
  expect(gaps.map((g) => [g.fromMs, g.toMs, g.reason])).toEqual([
    [Date.parse(day(1)), Date.parse(day(2)), "no image scan yet"],
    [Date.parse(day(2)), Date.parse(day(5)), "not assessed"],
    [Date.parse(day(5)), Date.parse(day(6)), "not assessed"],
  ]);
  expect(findGaps([])).toEqual([]);
  // Where there was nothing to judge nothing was missed: the line ends and begins without a hatch.
  expect(findGaps([point(1, 60), { ...point(2, null), isEmpty: true }, point(3, 61)])).toEqual([]);
});

it("the last known point carries the score at the line's end", () => {
  expect(findLastKnown([point(1, 60), point(2, null)])?.seq).toBe(1);
  expect(findLastKnown([])).toBeNull();
});

it("a cap that held from the first snapshot on fell from nowhere", () => {
  const rows = toTrendRows([point(1, 78, 49), point(2, 79, 49), point(3, 79)]);
  expect(rows.map((r) => r.free)).toEqual([null, null, 79]);
  expect(findDrops(rows).map((d) => [d.from, d.to])).toEqual([[79, 49]]);
  expect(findDrops(toTrendRows([point(1, 78, 49)]))).toEqual([]);
});
