import { expect, it } from "vitest";
import { toShareSteps } from "./to-share-steps";

const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString();

it("each stretch lasts until the counts change, the last one until the moment shown", () => {
  const steps = toShareSteps(
    [
      { takenAt: day(5), n: 4, failing: 1 },
      { takenAt: day(1), n: 4, failing: 2 },
    ],
    day(9),
  );
  expect(steps.map(({ fromMs, toMs, share }) => [new Date(fromMs).getUTCDate(), new Date(toMs).getUTCDate(), share])).toEqual([
    [1, 5, 0.5],
    [5, 9, 0.25],
  ]);
});

it("a stretch in which nothing was judged has no share", () => {
  expect(toShareSteps([{ takenAt: day(1), n: 0, failing: 0 }], day(2))[0]?.share).toBeNull();
  expect(toShareSteps([], day(2))).toEqual([]);
});
