import { expect, test } from "vitest";
import type { ScanRecord } from "@/lib/store/scans";
import { NO_WORK } from "./scan-work";
import { toScanProgress } from "./to-scan-progress";

const createdAt = new Date("2026-11-24T06:00:00Z");
const scan: ScanRecord = {
  ...{ id: "1", clusterId: 1, state: "running", trigger: "manual", createdAt, startedAt: createdAt, finishedAt: null },
  ...{ progress: null, error: null, snapshotSeq: null, leaseUntil: null, owner: null },
};

test("tells how many kinds could not be read, by what runs and by what a row remembers", () => {
  expect(toScanProgress(scan, { ...NO_WORK, kinds: 42, kindsDone: 26, gaps: 2 })).toMatchObject({ kindsTotal: 42, kindsDone: 26, gaps: 2 });
  expect(toScanProgress({ ...scan, progress: { ...NO_WORK, gaps: 3 } }).gaps).toBe(3);
  // A row of a release that did not count them.
  expect(toScanProgress({ ...scan, progress: { kinds: 42, kindsDone: 26 } }).gaps).toBe(0);
});
