import { expect, it } from "vitest";
import { foldUnmoved, isStill, toWaterfallRows, waterfallDomain } from "./waterfall-scale";

const steps = [
  { name: "17 Nov", kind: "total", points: 81.2 },
  { name: "Fixed", kind: "delta", points: 1.7 },
  { name: "Newly failing", kind: "delta", points: -4.5 },
  { name: "Without cap", kind: "total", points: 78.4 },
  { name: "Cap", kind: "cap", points: -29.4 },
  { name: "24 Nov", kind: "total", points: 49 },
] as const;

it("deltas are laid end to end and meet the totals", () => {
  const rows = toWaterfallRows(steps);
  expect(rows[1]).toMatchObject({ from: 81.2, to: 82.9 });
  expect(rows[2]?.to).toBeCloseTo(78.4);
  expect(rows[4]?.to).toBeCloseTo(49);
  expect(rows[5]).toMatchObject({ from: 49, to: 49 });
});

it("the scale is cut to what is shown and never leaves 0 to 100", () => {
  expect(waterfallDomain(toWaterfallRows(steps))).toEqual([40, 90]);
  expect(waterfallDomain(toWaterfallRows([{ name: "a", kind: "total", points: 100 }]))).toEqual([95, 100]);
  expect(waterfallDomain(toWaterfallRows([{ name: "a", kind: "total", points: 0 }]))).toEqual([0, 5]);
  expect(waterfallDomain([])).toEqual([0, 100]);
});

it("is still where neither a cause nor the cap moved anything, and not where two made up for each other", () => {
  const ends = (fixed: number, cap: number) => [
    { name: "17 Nov", kind: "total", points: 69 } as const,
    { name: "Fixed", kind: "delta", points: fixed } as const,
    { name: "Cap", kind: "cap", points: cap } as const,
    { name: "24 Nov", kind: "total", points: 69 } as const,
  ];
  expect(isStill(ends(0.04, 0))).toBe(true);
  expect(isStill(ends(3.3, -3.3))).toBe(false);
});

it("names causes that gained and lost nothing apart, but never a score or the cap", () => {
  const rows = toWaterfallRows([
    { name: "17 Nov", kind: "total", points: 0 },
    { name: "Fixed", kind: "delta", points: 0.04 },
    { name: "Coverage", kind: "delta", points: -0.06 },
    { name: "Catalogue", kind: "delta", points: 0 },
    { name: "Cap", kind: "cap", points: 0 },
  ]);
  expect(foldUnmoved(rows).rows.map(({ name }) => name)).toEqual(["17 Nov", "Coverage", "Cap"]);
  expect(foldUnmoved(rows).unmoved).toEqual(["Fixed", "Catalogue"]);
});
