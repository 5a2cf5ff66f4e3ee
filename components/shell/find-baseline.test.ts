import { expect, it } from "vitest";
import { findBaseline } from "./find-baseline";

const snapshots = [24, 17, 10, 1].map((day) => ({ seq: day, at: new Date(Date.UTC(2026, 10, day)).toISOString() }));
const given = { seq: 17, at: "2026-11-17T00:00:00Z", words: "last review" };

it("the newest moment has the baseline that the server says", () => {
  expect(findBaseline(snapshots, given, null)).toBe(given);
  expect(findBaseline(snapshots, given, 24)).toBe(given);
});

it("an earlier moment is compared with the snapshot seven days before it, else with the first one", () => {
  expect(findBaseline(snapshots, given, 17)).toMatchObject({ seq: 10, words: "seven days before" });
  expect(
    findBaseline(
      snapshots.map((s) => (s.seq === 1 ? { ...s, at: "2026-11-08T00:00:00Z" } : s)),
      null,
      10,
    ),
  ).toMatchObject({ seq: 1, words: "first snapshot" });
});

it("the first moment has none, and neither has one that the frame does not know", () => {
  expect(findBaseline(snapshots, null, 1)).toBeNull();
  expect(findBaseline(snapshots, given, 5)).toBeNull();
  expect(
    findBaseline(
      snapshots.filter((s) => s.seq > 10),
      given,
      17,
    ),
  ).toBeNull();
  expect(findBaseline([], null, null)).toBeNull();
});
