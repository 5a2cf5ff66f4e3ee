import { expect, it } from "vitest";
import { toShareSteps } from "./to-share-steps";

const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString();

it("each stretch lasts until the counts change, the last one until the moment shown", () => {
  const steps = toShareSteps(
    [
      { seq: 5, takenAt: day(5), n: 4, failing: 1 },
      { seq: 1, takenAt: day(1), n: 4, failing: 2 },
    ],
    day(9),
  );
  expect(steps.map(({ fromMs, toMs, share }) => [new Date(fromMs).getUTCDate(), new Date(toMs).getUTCDate(), share])).toEqual([
    [1, 5, 0.5],
    [5, 9, 0.25],
  ]);
});

it("a stretch in which nothing was judged has no share", () => {
  expect(toShareSteps([{ seq: 1, takenAt: day(1), n: 0, failing: 0 }], day(2))[0]?.share).toBeNull();
  expect(toShareSteps([], day(2))).toEqual([]);
});

it("a time in which nobody scanned is in no stretch, and the counts go on after it", () => {
  const at = (seq: number) => ({ seq, takenAt: day(seq) });
  const silent = (from: number, to: number) => ({ from: at(from), to: at(to) });
  const steps = (...times: readonly ReturnType<typeof silent>[]) =>
    toShareSteps(
      [1, 5].map((seq) => ({ ...at(seq), n: 4, failing: seq === 1 ? 2 : 1 })),
      day(9),
      times,
    ).map(({ fromMs, toMs, share }) => [new Date(fromMs).getUTCDate(), new Date(toMs).getUTCDate(), share]);
  expect(steps(silent(2, 3), silent(6, 8))).toEqual([
    [1, 2, 0.5],
    [3, 5, 0.5],
    [5, 6, 0.25],
    [8, 9, 0.25],
  ]);
  // The counts changed at either end of it.
  expect(steps(silent(3, 5))).toEqual([
    [1, 3, 0.5],
    [5, 9, 0.25],
  ]);
  expect(steps(silent(5, 8))).toEqual([
    [1, 5, 0.5],
    [5, 5, 0.25],
    [8, 9, 0.25],
  ]);
});
