import { expect, it } from "vitest";
import { countAxisPx, niceCeiling, niceTicks } from "./nice-scale";
import { apartTicks, fittingTicks, timeTicks } from "./time-ticks";

/** The ticks of a time axis with their moments in UTC. */
const shown = (...asked: Parameters<typeof timeTicks>) => timeTicks(...asked).map((t) => [t.label, new Date(t.atMs).toISOString().slice(5, 16)]);

it("value ticks are round and stay inside", () => {
  expect(niceTicks(40, 90, 5)).toEqual([40, 50, 60, 70, 80, 90]);
  expect(niceTicks(58, 70, 5)).toEqual([60, 65, 70]);
  expect(niceTicks(0, 0.4, 4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
});

it("a count axis has a whole, round top that is never 0", () => {
  expect([0, 1, 5, 3187, 149].map((max) => niceCeiling(max, 4))).toEqual([1, 1, 6, 4000, 150]);
});

it("a quarter is marked by months, two weeks by days, one day by hours", () => {
  const quarter = timeTicks(Date.UTC(2026, 7, 26), Date.UTC(2026, 10, 24), "UTC");
  expect(quarter.map((t) => t.label)).toEqual(["Sep", "Oct", "Nov"]);
  expect(timeTicks(Date.UTC(2026, 10, 10), Date.UTC(2026, 10, 24), "UTC", 5).map((t) => t.label)).toEqual(["12 Nov", "15 Nov", "18 Nov", "21 Nov", "24 Nov"]);
  expect(timeTicks(Date.UTC(2026, 10, 24), Date.UTC(2026, 10, 25), "UTC", 5).map((t) => t.label)).toEqual(["24 Nov", "06:00", "12:00", "18:00", "25 Nov"]);
  expect(timeTicks(Date.UTC(2024, 1, 1), Date.UTC(2027, 1, 1), "UTC").map((t) => t.label)).toEqual(["2025", "2026", "2027"]);
  expect(timeTicks(Date.UTC(2026, 10, 25), Date.UTC(2026, 10, 24), "UTC")).toEqual([]);
});

it("one moment is marked by its day where the reader is: a picture of the first snapshot has a date", () => {
  expect(shown(Date.UTC(2026, 10, 24, 23, 30), Date.UTC(2026, 10, 24, 23, 30), "Europe/Berlin")).toEqual([["25 Nov", "11-24T23:30"]]);
});

it("a day and a month begin at midnight where the reader is, on both sides of a change of the clocks", () => {
  expect(shown(Date.UTC(2026, 9, 20), Date.UTC(2026, 10, 3), "Europe/Berlin", 5)).toEqual([
    ["22 Oct", "10-21T22:00"],
    ["25 Oct", "10-24T22:00"],
    ["28 Oct", "10-27T23:00"],
    ["31 Oct", "10-30T23:00"],
    ["3 Nov", "11-02T23:00"],
  ]);
  // The clocks of Sydney change between this midnight and that of UTC.
  expect(shown(Date.UTC(2026, 9, 1), Date.UTC(2026, 9, 6), "Australia/Sydney", 5)).toEqual([
    ["2 Oct", "10-01T14:00"],
    ["3 Oct", "10-02T14:00"],
    ["4 Oct", "10-03T14:00"],
    ["5 Oct", "10-04T13:00"],
    ["6 Oct", "10-05T13:00"],
  ]);
  expect(shown(Date.UTC(2026, 7, 26), Date.UTC(2026, 10, 24), "Pacific/Kiritimati")).toEqual([
    ["Sep", "08-31T10:00"],
    ["Oct", "09-30T10:00"],
    ["Nov", "10-31T10:00"],
  ]);
});

it("where a clock is put forward over midnight, the day begins with that change, and no moment is marked twice", () => {
  expect(shown(Date.UTC(2026, 8, 5), Date.UTC(2026, 8, 8), "America/Santiago", 5)).toEqual([
    ["5 Sep", "09-05T04:00"],
    ["6 Sep", "09-06T04:00"],
    ["7 Sep", "09-07T03:00"],
  ]);
  expect(shown(Date.UTC(2026, 8, 6, 2), Date.UTC(2026, 8, 6, 6), "America/Santiago")).toEqual([
    ["22:00", "09-06T02:00"],
    ["23:00", "09-06T03:00"],
    ["6 Sep", "09-06T04:00"],
    ["02:00", "09-06T05:00"],
    ["03:00", "09-06T06:00"],
  ]);
  expect(shown(Date.UTC(2026, 2, 29), Date.UTC(2026, 2, 29, 3), "Europe/Berlin").map(([label]) => label)).toEqual(["29 Mar 01:00", "03:00", "04:00", "05:00"]);
});

it("hours say of which day they are, however little room there is: what has none is not picked in the first place", () => {
  const [from, to] = [Date.UTC(2026, 10, 28, 10), Date.UTC(2026, 10, 30, 10)];
  const labels = (most: number, until = to) => timeTicks(from, until, "UTC", most).map((t) => t.label);
  expect([6, 4, 3, 1].map((most) => labels(most))).toEqual([
    ["12:00", "29 Nov", "12:00", "30 Nov"],
    ["12:00", "29 Nov", "12:00", "30 Nov"],
    ["29 Nov", "30 Nov"],
    ["29 Nov", "30 Nov"],
  ]);
  expect(labels(3, from + 4 * 3_600_000)).toEqual(["28 Nov 10:00", "12:00", "14:00"]);
  expect(labels(3, from + 4 * 60_000)).toEqual(["28 Nov 10:00"]);
  expect(timeTicks(from + 20_000, from + 50_000, "UTC").map((t) => t.label)).toEqual(["28 Nov 10:00"]);
  expect([1000, 320, 150, 20, -60].map((px) => fittingTicks(px, 5))).toEqual([5, 5, 3, 1, 1]);
});

it("a time of day with its day before it takes the room of two: on a phone the next would stand in it", () => {
  const [from, to] = [Date.UTC(2026, 10, 28, 10), Date.UTC(2026, 10, 28, 14)];
  const labels = (px: number) =>
    apartTicks(timeTicks(from, to, "UTC", fittingTicks(px, 5)), (atMs) => ((atMs - from) / (to - from)) * px).map(({ label }) => label);
  expect(labels(288)).toEqual(["28 Nov 10:00", "12:00", "13:00", "14:00"]);
  expect(labels(1000)).toEqual(["28 Nov 10:00", "11:00", "12:00", "13:00", "14:00"]);
  const days = timeTicks(from, from + 5 * 86_400_000, "UTC", 5);
  expect(apartTicks(days, () => 0)).toEqual(days);
});

it("an axis of counts has room for its longest figure", () => {
  expect([4, 999, 5_350].map(countAxisPx)).toEqual([44, 44, 44]);
  expect([35_000, 101_630].map(countAxisPx)).toEqual([52, 60]);
});
