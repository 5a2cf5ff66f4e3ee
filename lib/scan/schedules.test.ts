import { describe, expect, it, onTestFinished, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { finishScan, startScan } from "@/lib/store/scans";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { forgetFuture, listDue, startSchedules } from "./schedules";

describe.each(DATABASE_KINDS)("the schedule on %s", (kind) => {
  const used = withDatabase(kind);

  it("goes on after a scan whose end nobody could store", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 1 });
    const scan = await startScan(pool, id, "schedule", "a server");
    await pool.query("UPDATE scan SET created_at = created_at - interval '1 hour' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual([]);
    await pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual(["c"]);
  });

  it("goes by the clock of the database, which dates the scans, whatever that of this server shows", async () => {
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 60 });
    await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "done" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 4 * 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await listDue(used.database)).toEqual([]);
  });

  it("goes on once a clock that was a year ahead is put right", async () => {
    const { pool } = used.database;
    const start = async () => onTestFinished((await startSchedules(used.database)).stop);
    await start();
    await pool.query("UPDATE jobs.version SET cron_on = now() + interval '1 year'");
    await pool.query("UPDATE jobs.queue SET maintain_on = now() + interval '1 year', monitor_claim_on = now() + interval '1 year', monitor_on = now()");
    const queued = "INSERT INTO jobs.job (name, start_after, created_on) SELECT 'scheduled-scan', now() + age, now() + age FROM (SELECT $1::interval AS age) a";
    for (const age of ["1 year", "1 minute"]) await pool.query(queued, [age]);
    await forgetFuture(pool);
    const { rows } = await pool.query(
      `SELECT (SELECT cron_on FROM jobs.version) AS "cronOn", (SELECT count(*)::int FROM jobs.job WHERE name = 'scheduled-scan') AS jobs,
       (SELECT count(*)::int FROM jobs.queue WHERE maintain_on IS NULL AND monitor_claim_on IS NULL AND monitor_on IS NOT NULL) = (SELECT count(*) FROM jobs.queue) AS kept`,
    );
    expect(rows).toEqual([{ cronOn: null, jobs: 1, kept: true }]);
    await pool.query("UPDATE jobs.version SET cron_on = now() + interval '1 year'");
    await start();
    expect((await pool.query("SELECT 1 FROM jobs.version WHERE cron_on > now() + interval '1 hour'")).rowCount).toBe(0);
  });
});
