import { expect, it } from "vitest";
import { LAYERS } from "@/lib/model/layer";
import { groupSnapshots, isStill, isUnseen, triggerWords } from "./group-snapshots";

const taken = (seq: number, takenAt: string, opened = 0, closed = 0) => ({
  seq,
  takenAt,
  durationMs: 1,
  trigger: "schedule",
  kubeVersion: null,
  catalogueVersion: "1",
  objects: 1,
  gaps: 0,
  scores: [],
  open: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  opened,
  closed,
});

it("folds daily scans by month, and counts what each month brought", () => {
  const groups = groupSnapshots([taken(3, "2026-11-02T06:00:00Z", 2, 1), taken(2, "2026-11-01T06:00:00Z", 3), taken(1, "2026-10-31T06:00:00Z")], "UTC");
  expect(groups.map(({ name, note, snapshots }) => [name, note, snapshots.map(({ seq }) => seq)])).toEqual([
    ["November 2026", "2 snapshots, 5 opened, 1 closed", [3, 2]],
    ["October 2026", "1 snapshot", [1]],
  ]);
});

it("folds frequent scans by day", () => {
  const hours = [...Array(8).keys()].map((hour) => taken(8 - hour, `2026-11-0${hour < 4 ? 2 : 1}T0${hour}:00:00Z`));
  expect(groupSnapshots(hours, "UTC").map(({ name, note }) => [name, note])).toEqual([
    ["2 Nov 2026", "4 snapshots"],
    ["1 Nov 2026", "4 snapshots"],
  ]);
  expect(groupSnapshots([], "UTC")).toEqual([]);
});

it("counts a scan to the day and the month of its date in the rows", () => {
  const evening = [taken(2, "2026-11-01T02:00:00Z"), taken(1, "2026-10-31T22:00:00Z")];
  expect(groupSnapshots(evening, "UTC").map(({ name }) => name)).toEqual(["November 2026", "October 2026"]);
  expect(groupSnapshots(evening, "Asia/Kolkata").map(({ name }) => name)).toEqual(["November 2026"]);
  expect(groupSnapshots(evening, "America/New_York").map(({ name }) => name)).toEqual(["October 2026"]);
});

it("says what a scan was started by as people would", () => {
  expect(["manual", "schedule", "discovery"].map(triggerWords)).toEqual(["manual", "schedule", "first scan, when the cluster was found"]);
});

it.each([
  ["nothing could be assessed", [0, 0, 0, 0], 0, true],
  ["some of it has nothing to judge", [1, 1, 0, 1], 0, true],
  ["a finding is remembered", [0, 0, 0, 0], 1, false],
  ["all was read, and there is nothing to judge", [1, 1, 1, 1], 0, false],
])("knows whether the open ones can be counted where %s", (_, coverage, critical, unseen) => {
  const scores = LAYERS.map((layer, at) => ({ layer, score: null, coverage: coverage[at] ?? 0 }));
  expect(isUnseen({ scores, open: { ...taken(1, "2026-11-01T06:00:00Z").open, critical } })).toBe(unseen);
});

it("knows a day on which nothing that the list shows moved", () => {
  const before = taken(1, "2026-10-31T06:00:00Z");
  const next = taken(2, "2026-11-01T06:00:00Z");
  const scored = (score: number) => ({ layer: "cloud" as const, score, coverage: 1 });
  expect(isStill(next, before)).toBe(true);
  expect(isStill({ ...next, scores: [scored(70.2)] }, { ...before, scores: [scored(70.4)], opened: 9 })).toBe(true);
  expect(isStill(next, undefined)).toBe(false);
  for (const change of [
    { opened: 1 },
    { closed: 1 },
    { gaps: 1 },
    { objects: 2 },
    { catalogueVersion: "2" },
    { scores: [scored(71)] },
    { open: { ...next.open, critical: 1 } },
    { open: { ...next.open, high: 1 } },
  ])
    expect(isStill({ ...next, ...change }, before), JSON.stringify(change)).toBe(false);
});
