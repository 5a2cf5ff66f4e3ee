import { expect, it } from "vitest";
import { breakRows, findAlone, findSilentTimes, joinGaps } from "./silent-times";

const days = (...at: readonly number[]) => at.map((n) => ({ at: new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString() }));
const spans = (points: ReturnType<typeof days>) =>
  findSilentTimes(points).map(({ fromMs, toMs, reason }) => [...[fromMs, toMs].map((ms) => (ms - Date.UTC(2026, 0, 1)) / 86_400_000), reason]);

it("three months without a scan among days with one are told, a week of holidays among weeks is not", () => {
  expect(spans(days(0, 1, 2, 3, 95, 96, 97))).toEqual([[3, 95, "no scan"]]);
  expect(spans(days(0, 7, 14, 28, 35, 42, 49))).toEqual([]);
  expect(spans(days(0, 0.1, 0.2, 0.3, 5, 5.1, 5.2))).toEqual([]);
});

it("what is usual is told by the scans around: those before a schedule was changed were not late, nor are those after", () => {
  expect(spans(days(0, 7, 14, 21, 22, 23, 24, 25, 26, 27, 28))).toEqual([]);
  expect(spans(days(0, 1, 2, 3, 4, 5, 6, 7, 37, 67, 97))).toEqual([]);
  // One scan in a long silence changes nothing.
  expect(spans(days(0, 1, 2, 3, 23, 48, 49, 50, 51))).toEqual([
    [3, 23, "no scan"],
    [23, 48, "no scan"],
  ]);
});

it("a snapshot between two silent times, which no line leads to, is told", () => {
  expect(findAlone([1, 2, null, 3, null, 4, 5], (value) => value !== null)).toEqual([3]);
  expect(findAlone([1, null, 2], (value) => value !== null)).toEqual([1, 2]);
});

it("of few scans none is told to be late", () => {
  expect(spans(days(0, 1, 2, 92, 93))).toEqual([]);
});

it("a line ends where a silent time begins, and its rows stay in order", () => {
  const rows = [0, 1, 2].map((atMs) => ({ atMs: atMs * 10, value: atMs as number | null }));
  const silent = [{ fromMs: 10, toMs: 20, reason: "no scan" }];
  expect(breakRows(rows, silent, (row) => ({ ...row, value: null })).map(({ atMs, value }) => [atMs, value])).toEqual([
    [0, 0],
    [10, 1],
    [11, null],
    [20, 2],
  ]);
});

it("a silent time in which nothing was assessed anyway is hatched once", () => {
  const gap = (fromMs: number, toMs: number, reason = "no scan") => ({ fromMs, toMs, reason });
  expect(joinGaps([gap(10, 30, "refused")], [gap(20, 30), gap(40, 90)])).toEqual([gap(10, 30, "refused"), gap(40, 90)]);
});
