import { expect, it } from "vitest";
import { DAY_MS } from "@/lib/model/day-ms";
import { findSilentTimes } from "./silent-times";

const START_MS = Date.UTC(2026, 0, 1);
/** Between which days nobody scanned, of a cluster that was scanned on some. */
const silentAmong = (...days: readonly number[]) => {
  const times = [Number.NaN, ...days.map((day) => START_MS + day * DAY_MS)];
  return findSilentTimes(times, days.length).map(({ from, to }) => {
    expect([from, to].map(({ seq }) => times[seq])).toEqual([from, to].map(({ takenAt }) => takenAt.getTime()));
    expect(to.seq).toBe(from.seq + 1);
    return [from, to].map(({ takenAt }) => (takenAt.getTime() - START_MS) / DAY_MS);
  });
};
const every = (days: number, from: number, to: number): readonly number[] => Array.from({ length: (to - from) / days + 1 }, (_, index) => from + index * days);

it("tells three months without a scan among days with one, and no week of holidays among weeks", () => {
  expect(silentAmong(0, 1, 2, 3, 95, 96, 97)).toEqual([[3, 95]]);
  expect(silentAmong(0, 7, 14, 28, 35, 42, 49)).toEqual([]);
  expect(silentAmong(0, 1, 2, 3, 8, 9, 10)).toEqual([]);
});

it("tells what is usual by the scans around: those before a schedule was changed were not late, nor are those after", () => {
  expect(silentAmong(0, 7, 14, 21, 22, 23, 24, 25, 26, 27, 28)).toEqual([]);
  expect(silentAmong(0, 1, 2, 3, 4, 5, 6, 7, 37, 67, 97)).toEqual([]);
  // One scan in a long silence changes nothing.
  expect(silentAmong(0, 1, 2, 3, 23, 48, 49, 50, 51)).toEqual([
    [3, 23],
    [23, 48],
  ]);
});

it("takes scans that follow each other within hours for one look: a few on every other Monday are no hourly rhythm", () => {
  const mondays = every(14, 0, 140).flatMap((day) => [day, day + 0.125, day + 0.25]);
  expect(silentAmong(...mondays)).toEqual([]);
  expect(silentAmong(...mondays, 252, 266, 280)).toEqual([[140.25, 252]]);
  expect(silentAmong(...every(0.25, 0, 5), ...every(0.25, 15, 20))).toEqual([[5, 15]]);
});

it("says of few looks that none is late, however many scans they are", () => {
  expect(silentAmong(0, 1, 2, 92, 93)).toEqual([]);
  expect(silentAmong(...every(0.0625, 0, 0.5), 92, 93)).toEqual([]);
});

it("says nothing of times that a clock made which was ahead", () => {
  expect(silentAmong(...every(1, 0, 8), 40, 9, 10)).toEqual([]);
  expect(silentAmong(...every(1, 0, 8), 40, 9, 10, 80, 81, 82)).toEqual([]);
  expect(silentAmong(...every(1, 0, 8), 20, 9, 10, 21, 22, 23, 40)).toEqual([[23, 40]]);
});
