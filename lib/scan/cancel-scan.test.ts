import { expect, it } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { finishScan, startScan } from "@/lib/store/scans";
import { withDatabase } from "@/lib/store/testing/with-database";
import { cancelScan } from "./cancel-scan";
import { addRunningScan, removeRunningScan, type RunningScan } from "./running-scans";

const used = withDatabase("pglite");

it("leaves the next scan alone, which began when the one that was meant had just ended", async () => {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo" });
  const scan = await startScan(pool, id, "manual", "a server");
  await finishScan(pool, scan.id, { state: "done", snapshotSeq: 1 });
  let cancelled = 0;
  const next = { scanId: "another", clusterId: id, cancel: () => (cancelled += 1) } as unknown as RunningScan; // all that is asked of it
  addRunningScan(next);
  await expect(cancelScan(pool, id)).rejects.toMatchObject({ code: "conflict" });
  removeRunningScan(next);
  expect(cancelled).toBe(0);
});
