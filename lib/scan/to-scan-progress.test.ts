import { expect, test } from "vitest";
import type { ScanRecord } from "@/lib/store/scans";
import { NO_WORK, WAITING } from "./scan-work";
import { toScanProgress } from "./to-scan-progress";

const createdAt = new Date("2026-11-24T06:00:00Z");
const scan: ScanRecord = {
  ...{ id: "1", clusterId: 1, state: "running", trigger: "manual", createdAt, startedAt: createdAt, finishedAt: null },
  ...{ progress: null, error: null, snapshotSeq: null, owner: null },
};

test("tells how many kinds could not be read, by what runs and by what a row remembers", () => {
  expect(toScanProgress(scan, { ...NO_WORK, kinds: 42, kindsDone: 26, gaps: 2 })).toMatchObject({ kindsTotal: 42, kindsDone: 26, gaps: 2 });
  expect(toScanProgress({ ...scan, progress: { ...NO_WORK, gaps: 3 } }).gaps).toBe(3);
  // A row of a release that did not count them.
  expect(toScanProgress({ ...scan, progress: { kinds: 42, kindsDone: 26 } }).gaps).toBe(0);
});

test("calls a scan queued that waits for its turn, by what this process knows and by what a row remembers, and not once it is over", () => {
  const queued = { state: "queued", phase: "connecting" };
  expect([toScanProgress(scan, WAITING), toScanProgress({ ...scan, progress: WAITING })]).toMatchObject([queued, queued]);
  expect(toScanProgress({ ...scan, state: "cancelled", progress: WAITING })).toMatchObject({ state: "cancelled", phase: "connecting" });
  expect(toScanProgress(scan, NO_WORK).state).toBe("running");
});
