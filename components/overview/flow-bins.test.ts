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
  const bins = toFlowBins(stack, []);
  expect(bins).toHaveLength(13);
  expect(bins.reduce((sum, bin) => sum + bin.opened, 0)).toBe((90 * 91) / 2);
  expect(bins.reduce((sum, bin) => sum + bin.closed, 0)).toBe(90);
  expect(bins.at(-1)?.toAt).toBe(stack.at(-1)?.takenAt);
});

test("one snapshot has no flow", () => expect(toFlowBins([point(0, 5, 0)], [])).toEqual([]));

test("what came in a time without a snapshot is of the whole of it, and of no day after", () => {
  const stack = [
    ...Array.from({ length: 31 }, (_, day) => point(day, 1, 0)),
    ...Array.from({ length: 31 }, (_, day) => point(80 + day, day === 0 ? 50 : 1, 7)),
  ];
  const stamp = ({ seq, takenAt }: (typeof stack)[number]) => ({ seq, takenAt });
  const silent = [{ from: stamp(point(30, 0, 0)), to: stamp(point(80, 0, 0)) }];
  const bins = toFlowBins(stack, silent);
  const unseen = bins.filter(({ fromAt, toAt }) => toAt > point(30, 0, 0).takenAt && fromAt < point(80, 0, 0).takenAt);
  expect(unseen).toEqual([{ fromAt: point(30, 0, 0).takenAt, toAt: point(80, 0, 0).takenAt, opened: 50, closed: 7 }]);
  const seen = bins.filter((bin) => !unseen.includes(bin));
  expect(Math.max(...seen.map(({ opened }) => opened))).toBeLessThan(6);
  expect(seen.reduce((sum, { opened }) => sum + opened, 0)).toBe(60);
  expect(bins.map(({ fromAt }) => fromAt).slice(1)).toEqual(bins.map(({ toAt }) => toAt).slice(0, -1));
});

test("a snapshot between two times without any has nothing but what came in the one before it", () => {
  const stack = [point(0, 0, 0), point(40, 3, 1), point(80, 5, 2)];
  const silent = stack
    .slice(1)
    .map(({ seq, takenAt }, at) => ({ from: { seq: stack[at]?.seq ?? 0, takenAt: stack[at]?.takenAt ?? "" }, to: { seq, takenAt } }));
  expect(toFlowBins(stack, silent).map(({ opened, closed }) => [opened, closed])).toEqual([
    [3, 1],
    [5, 2],
  ]);
});
