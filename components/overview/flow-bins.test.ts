import { expect, test } from "vitest";
import { toFlowBins } from "./flow-bins";

const point = (day: number, opened: number, closed: number) => ({
  seq: day + 1,
  takenAt: new Date(Date.UTC(2026, 8, 1 + day)).toISOString(),
  open: null,
  opened,
  closed,
});

test("flow bins lose nothing but the first snapshot, which has nothing before it", () => {
  const stack = Array.from({ length: 91 }, (_, day) => point(day, day, 1));
  const bins = toFlowBins(stack);
  expect(bins).toHaveLength(13);
  expect(bins.reduce((sum, bin) => sum + bin.opened, 0)).toBe((90 * 91) / 2);
  expect(bins.reduce((sum, bin) => sum + bin.closed, 0)).toBe(90);
  expect(bins.at(-1)?.toAt).toBe(stack.at(-1)?.takenAt);
});

test("one snapshot has no flow", () => expect(toFlowBins([point(0, 5, 0)])).toEqual([]));
