import { expect, it } from "vitest";
import { findBaseline } from "./find-baseline";

const snapshots = [24, 17, 10, 9].map((day) => ({ seq: day, at: new Date(Date.UTC(2026, 10, day)).toISOString() }));
const review = { seq: 17, at: "2026-11-17T00:00:00Z", words: "last review" };

it("the last review is the baseline of every later moment", () => {
  expect(findBaseline(snapshots, review, null)).toBe(review);
});

it("a moment at or before it falls back to seven days before, then to the first snapshot", () => {
  expect(findBaseline(snapshots, review, 17)).toMatchObject({ seq: 10, words: "seven days before" });
  expect(findBaseline(snapshots, null, 10)).toMatchObject({ seq: 9, words: "first snapshot" });
  expect(findBaseline(snapshots, null, 9)).toBeNull();
  expect(findBaseline([], null, null)).toBeNull();
});
