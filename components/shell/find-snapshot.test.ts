import { expect, it } from "vitest";
import { findSnapshotOfDay } from "./find-snapshot";

const snapshots = [
  { seq: 3, at: "2026-11-24T06:00:00Z" },
  { seq: 2, at: "2026-11-17T06:00:00Z" },
  { seq: 1, at: "2026-11-10T06:00:00Z" },
];

it("takes the last snapshot of a day or before it", () => {
  expect(["2026-11-24", "2026-11-20", "2026-11-17", "2020-01-01", "soon"].map((day) => findSnapshotOfDay(snapshots, day)?.seq ?? null)).toEqual([
    3,
    2,
    2,
    1,
    null,
  ]);
  expect(findSnapshotOfDay([], "2026-11-24")).toBeNull();
});
