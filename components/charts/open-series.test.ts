import { expect, it } from "vitest";
import { criticalMax, findOpenGaps, type OpenPoint, spreadLabels, stackLabels, stackMax, toOpenRows } from "./open-series";

const at = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString();
const points: readonly OpenPoint[] = [
  { seq: 1, at: at(1), counts: { critical: 4, high: 10, medium: 20, low: 5, info: 1 } },
  { seq: 2, at: at(2), counts: null },
  { seq: 3, at: at(3), counts: { critical: 5, high: 1, medium: 1, low: 1, info: 0 } },
];

it("criticals are left out of the stack and have their own scale", () => {
  expect(stackMax(points)).toBe(36);
  expect(criticalMax(points)).toBe(5);
  expect(stackMax([])).toBe(0);
});

it("nothing assessed is null and hatched, not zero", () => {
  expect(toOpenRows(points)[1]).toMatchObject({ high: null, critical: null });
  expect(findOpenGaps(points)).toEqual([{ fromMs: Date.parse(at(1)), toMs: Date.parse(at(3)), reason: "not assessed" }]);
});

it("names each severity that is open beside its area, one of many too", () => {
  const labels = stackLabels({ high: 500, medium: 400, low: 0, info: 1 }, (value) => 1_000 - value);
  expect(labels).toEqual([
    { severity: "info", count: 1, y: 999.5 },
    { severity: "medium", count: 400, y: 799 },
    { severity: "high", count: 500, y: 349 },
  ]);
});

it("labels keep their order and their distance", () => {
  expect(spreadLabels([10, 12, 50], 14, 90)).toEqual([10, 24, 50]);
  expect(spreadLabels([50, 12, 10], 14, 90)).toEqual([50, 24, 10]);
  expect(spreadLabels([10, 84, 88], 14, 90)).toEqual([10, 76, 90]);
  expect(spreadLabels([70, 84, 88], 14, 90)).toEqual([62, 76, 90]);
});
