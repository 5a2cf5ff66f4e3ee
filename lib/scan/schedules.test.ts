import { describe, expect, it, onTestFinished, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { finishScan, startScan } from "@/lib/store/scans";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { listDue } from "./schedules";

describe.each(DATABASE_KINDS)("the schedule on %s", { timeout: 30_000 }, (kind) => {
  const used = withDatabase(kind);

  it("goes on after a scan whose end nobody could store", async ({ skip }) => {
    used.skipUnlessAvailable(skip);
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 1 });
    const scan = await startScan(pool, id, "schedule", "a server");
    await pool.query("UPDATE scan SET created_at = created_at - interval '1 hour' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual([]);
    await pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual(["c"]);
  });

  it("goes by the clock of the database, which dates the scans, whatever that of this server shows", async ({ skip }) => {
    used.skipUnlessAvailable(skip);
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 60 });
    await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "done" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 4 * 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await listDue(used.database)).toEqual([]);
  });
});
