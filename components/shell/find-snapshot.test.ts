import { expect, it } from "vitest";
import { dayOf, findSnapshotOfDay } from "./find-snapshot";

const snapshots = [
  { seq: 3, at: "2026-11-24T06:00:00Z" },
  { seq: 2, at: "2026-11-17T06:00:00Z" },
  { seq: 1, at: "2026-11-10T06:00:00Z" },
];

it("takes the last snapshot of a day or before it", () => {
  expect(["2026-11-24", "2026-11-20", "2026-11-17", "2020-01-01", "soon"].map((day) => findSnapshotOfDay(snapshots, day, "UTC")?.seq ?? null)).toEqual([
    3,
    2,
    2,
    1,
    null,
  ]);
  expect(findSnapshotOfDay([], "2026-11-24", "UTC")).toBeNull();
});

it("takes a day for the reader's, whose dates stand beside the list", () => {
  const late = [
    { seq: 2, at: "2026-11-24T20:00:00Z" },
    { seq: 1, at: "2026-11-24T03:00:00Z" },
  ];
  expect(dayOf("2026-11-24T20:00:00Z", "Asia/Tokyo")).toBe("2026-11-25");
  expect(findSnapshotOfDay(late, "2026-11-24", "UTC")?.seq).toBe(2);
  expect(findSnapshotOfDay(late, "2026-11-24", "Asia/Tokyo")?.seq).toBe(1);
  expect(findSnapshotOfDay(late, "2026-11-23", "America/Los_Angeles")?.seq).toBe(1);
});
