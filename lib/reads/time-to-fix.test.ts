import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { deployment, namespace } from "@/lib/inventory/testing";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
}, 60_000);
afterAll(() => cluster.stop());

const world = (...bad: readonly boolean[]) => [
  namespace(),
  ...bad.map((privileged, at) => deployment({ name: `app-${at}`, container: { securityContext: { privileged } } })),
];

it("counts all that was fixed in the days of the overview, of which the trend shows one snapshot a day", { timeout: 60_000 }, async () => {
  const scans = [
    { at: "2026-08-01T10:00Z", bad: [true, true] },
    // The last one before the 90 days.
    { at: "2026-08-28T09:00Z", bad: [false, true] },
    { at: "2026-08-28T11:00Z", bad: [false, false] },
    { at: "2026-08-28T12:00Z", bad: [false, false] },
    { at: "2026-11-26T10:00Z", bad: [false, false] },
  ];
  for (const { bad } of scans) await cluster.scan(world(...bad));
  for (const [seq, { at }] of scans.entries()) await getDatabase().pool.query("UPDATE snapshot SET taken_at = $2 WHERE seq = $1", [seq + 1, at]);
  await cluster.forget();
  const { timeToFix, trend }: OverviewResponse = await cluster.ask(getOverview);
  expect(trend.map(({ seq }) => seq)).toEqual([4, 5]);
  const critical = timeToFix.find(({ severity }) => severity === "critical");
  expect(critical?.fixed).toBe(1);
  expect(critical?.medianDays).toBeCloseTo(27 + 1 / 24, 6);
});
