import { describe, expect, it } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { startScan } from "@/lib/store/scans";
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
    const inAnHour = new Date(Date.now() + 3_600_000);
    expect(await listDue(used.database, inAnHour)).toEqual([]);
    await pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database, inAnHour)).toEqual(["c"]);
  });
});
