import { describe, expect, it, onTestFinished, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { type Database, openDatabase } from "@/lib/store/open-database";
import { DATABASE_LOST, finishScan, INTERRUPTED, startScan, STOOD_STILL } from "@/lib/store/scans";
import { NO_CONNECTION, READ_ONLY } from "@/lib/store/to-database-error";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { addRunningScan, type RunningScan, removeRunningScan } from "./running-scans";
import { setLocalClusterId } from "./local-cluster-state";
import { forgetFuture, listDue, startSchedules } from "./schedules";

describe.each(DATABASE_KINDS)("the schedule on %s", (kind) => {
  const used = withDatabase(kind);

  it("goes on after a scan whose end nobody could store, and waits for its own, however late that renews its lease", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 1 });
    const scan = await startScan(pool, id, "schedule", "a server");
    await pool.query("UPDATE scan SET created_at = created_at - interval '1 hour' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual([]);
    await pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scan.id]);
    const here = { scanId: scan.id, clusterId: id, cancel: () => {} } as RunningScan; // safe: nobody asks how far it is
    addRunningScan(here);
    expect(await listDue(used.database)).toEqual([]);
    removeRunningScan(here);
    expect(await listDue(used.database)).toEqual([{ slug: "c", hasFailed: true }]);
  });

  it.each([
    ["ended with its server", INTERRUPTED],
    ["stood still", STOOD_STILL],
    ["lost the database", DATABASE_LOST],
    ["found no connection to the database free", NO_CONNECTION],
    ["found the database a standby", READ_ONLY],
    ["lost its cluster", "Nothing answers at https://api:6443."],
  ])("asks again at once for a scan that %s, and after two of them in a row when it is time", async (_, error) => {
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 24 * 60 });
    const passes = (minutes: number) => pool.query("UPDATE scan SET created_at = created_at - $1 * interval '1 minute'", [minutes]);
    const isDue = async () => (await listDue(used.database)).length === 1;
    const interrupt = async () => {
      await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "failed", error });
      await passes(1);
    };
    await interrupt();
    expect(await isDue()).toBe(true);
    await interrupt();
    expect(await isDue()).toBe(false);
    await passes(24 * 60);
    expect(await isDue()).toBe(true);
    await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "done" });
    await passes(1);
    expect(await isDue()).toBe(false);
    await interrupt();
    expect(await isDue()).toBe(true);
  });

  it("asks again at once for a scan that ended with its server, too, where the cluster could not be read before", async () => {
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 60 });
    const isDueAfter = async (error: string) => {
      await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "failed", error });
      await pool.query("UPDATE scan SET created_at = created_at - interval '1 minute'");
      return (await listDue(used.database)).length === 1;
    };
    const nothing = "Nothing answers at https://api:6443.";
    expect([await isDueAfter(nothing), await isDueAfter(nothing), await isDueAfter(INTERRUPTED), await isDueAfter(nothing)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it.each([
    ["none of the cluster could be read", 0, true],
    ["some of it could be read", 1, false],
  ])("counts a scan that came to an end by what it read: %s", async (_, objects, hasFailed) => {
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 1 });
    const scan = await startScan(pool, id, "schedule", "a server");
    await finishScan(pool, scan.id, { state: "done", progress: { objects } });
    await pool.query("UPDATE scan SET created_at = created_at - interval '1 hour' WHERE id = $1", [scan.id]);
    expect(await listDue(used.database)).toEqual([{ slug: "c", hasFailed }]);
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

  it("leaves the cluster of another server's pod to that one, and asks why it is not scanned once that had its time", async () => {
    const { pool, prisma } = used.database;
    await prisma.cluster.deleteMany();
    const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "in-cluster", server: "https://10.96.0.1:443", scheduleIntervalMinutes: 60 });
    const isDue = async () => (await listDue(used.database)).length === 1;
    const passes = (minutes: number) => pool.query("UPDATE scan SET created_at = created_at - $1 * interval '1 minute'", [minutes]);
    const isShared = kind === "postgresql";
    expect(await isDue()).toBe(!isShared);
    await finishScan(pool, (await startScan(pool, id, "schedule", "a server")).id, { state: "failed", error: "no answer" });
    await passes(61);
    expect(await isDue()).toBe(!isShared);
    setLocalClusterId(id);
    expect(await isDue()).toBe(true);
    setLocalClusterId(0);
    await passes(15);
    expect(await isDue()).toBe(!isShared);
    await pool.query("UPDATE scan SET finished_at = finished_at - interval '76 minutes'");
    expect(await isDue()).toBe(true);
  });

  describe("of several clusters", () => {
    /** As many clusters as there are names, all due; those in `failed` by a scan that failed. */
    const makeDue = async (names: readonly string[], failed: readonly string[] = []) => {
      const { pool, prisma } = used.database;
      await prisma.cluster.deleteMany();
      await pool.query("DO $$ BEGIN IF to_regclass('jobs.job') IS NOT NULL THEN DELETE FROM jobs.job; END IF; END $$");
      for (const slug of names) {
        const { id } = await saveCluster(prisma, { slug, name: slug, source: "demo", scheduleIntervalMinutes: 5 });
        if (!failed.includes(slug)) continue;
        const scan = await startScan(pool, id, "schedule", "a server");
        await finishScan(pool, scan.id, { state: "failed", error: "no answer" });
        await pool.query("UPDATE scan SET created_at = created_at - interval '1 hour' WHERE id = $1", [scan.id]);
      }
    };
    /** Resolves with the clusters in the order of their scans, once `count` have begun. */
    const follow = async (count: number, scan: (slug: string) => Promise<void>) => {
      const begun: string[] = [];
      const all = Promise.withResolvers<readonly string[]>();
      const { stop } = await startSchedules(used.database, async (_, slug) => {
        if (begun.push(slug) === count) all.resolve(begun);
        await scan(slug);
      });
      return all.promise.finally(stop);
    };

    it("has one scanned after the other without a pause", async () => {
      const names = ["a", "b", "c", "d", "e", "f"];
      await makeDue(names);
      expect((await follow(names.length, async () => {})).toSorted()).toEqual(names);
    });

    it("lets one that hangs hold up no other", async () => {
      const hanging = Promise.withResolvers<void>();
      await makeDue(["a", "b", "c", "d"]);
      const begun = await follow(4, (slug) => (slug === "a" ? hanging.promise : Promise.resolve())).finally(hanging.resolve);
      expect(begun.toSorted()).toEqual(["a", "b", "c", "d"]);
    });

    it("comes to those that could not be scanned the last time, however many others are due", async () => {
      const others = Promise.withResolvers<void>();
      await makeDue(["a", "b", "c", "d"], ["d"]);
      const begun = await follow(2, (slug) => (slug === "d" ? Promise.resolve() : others.promise)).finally(others.resolve);
      expect(begun).toContain("d");
    });

    it("keeps those that hang each time from holding up the others for ever", async () => {
      const hanging = Promise.withResolvers<void>();
      const late = Promise.withResolvers<void>();
      const failed = ["a", "b"];
      await makeDue(failed, failed);
      vi.useFakeTimers({ toFake: ["setInterval"] });
      const { stop } = await startSchedules(used.database, async (_, slug) => {
        if (slug === "c") return late.resolve();
        // What comes due a minute later.
        await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo", scheduleIntervalMinutes: 5 });
        vi.advanceTimersByTime(60_000);
        await hanging.promise;
      });
      await late.promise.finally(() => {
        hanging.resolve();
        vi.useRealTimers();
        return stop();
      });
    });

    it("looks again a minute after it could not, at the start as well", async () => {
      await makeDue(["a"]);
      const scanned = Promise.withResolvers<string>();
      let looks = 0;
      const database = {
        ...used.database,
        get prisma() {
          looks += 1;
          if (looks === 1) throw new Error("the database did not answer");
          return used.database.prisma;
        },
      };
      vi.useFakeTimers({ toFake: ["setInterval"] });
      onTestFinished(() => void vi.useRealTimers());
      const { stop } = await startSchedules(database, async (_, slug) => scanned.resolve(slug));
      vi.advanceTimersByTime(60_000);
      expect(await scanned.promise.finally(stop)).toBe("a");
    });

    it.runIf(kind === "pglite").each([
      { what: "jobs", table: "jobs.job_common", columns: "name, state", values: "'scheduled-scan', 'completed'" },
      { what: "scans", table: "scan", columns: "id, cluster_id, state, trigger", values: "gen_random_uuid(), 0, 'failed', 'schedule'" },
    ])("gives the room of $what back that are over, whether or not one comes to a snapshot", async ({ table, columns, values }) => {
      const { pool } = used.database;
      await makeDue(["a"]);
      const size = async (): Promise<number> => (await pool.query(`SELECT pg_relation_size('${table}')::int AS bytes`)).rows[0].bytes;
      const written = Promise.withResolvers<number>();
      const { stop } = await startSchedules(used.database, async () => {
        await pool.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, 1000)`);
        await pool.query(`DELETE FROM ${table} WHERE state IN ('completed', 'failed')`);
        written.resolve(await size());
      });
      const before = await written.promise;
      await expect.poll(size).toBeLessThan(before).finally(stop);
    });

    it("stores nothing for minutes in which none is due", async () => {
      await makeDue([]);
      await (await startSchedules(used.database, async () => {})).stop();
      const { rows } = await used.database.pool.query(
        "SELECT (SELECT count(*)::int FROM jobs.job) AS jobs, (SELECT count(*)::int FROM jobs.schedule) AS schedules",
      );
      expect(rows).toEqual([{ jobs: 0, schedules: 0 }]);
    });
  });

  it("goes on once a clock that was a year ahead is put right", async () => {
    const { pool } = used.database;
    const start = async () => onTestFinished((await startSchedules(used.database)).stop);
    await start();
    await pool.query("UPDATE jobs.version SET reindex_on = now() + interval '1 year'");
    await pool.query("UPDATE jobs.queue SET maintain_on = now() + interval '1 year', monitor_claim_on = now() + interval '1 year', monitor_on = now()");
    const queued = "INSERT INTO jobs.job (name, start_after, created_on) SELECT 'scheduled-scan', now() + age, now() + age FROM (SELECT $1::interval AS age) a";
    for (const age of ["1 year", "1 minute"]) await pool.query(queued, [age]);
    await forgetFuture(pool);
    const { rows } = await pool.query(
      `SELECT (SELECT reindex_on FROM jobs.version) AS "reindexOn", (SELECT count(*)::int FROM jobs.job WHERE name = 'scheduled-scan') AS jobs,
       (SELECT count(*)::int FROM jobs.queue WHERE maintain_on IS NULL AND monitor_claim_on IS NULL AND monitor_on IS NOT NULL) = (SELECT count(*) FROM jobs.queue) AS kept`,
    );
    expect(rows).toEqual([{ reindexOn: null, jobs: 1, kept: true }]);
    await pool.query("UPDATE jobs.version SET reindex_on = now() + interval '1 year'");
    await start();
    expect((await pool.query("SELECT 1 FROM jobs.version WHERE reindex_on > now() + interval '1 hour'")).rowCount).toBe(0);
  });
});

describe("servers that start together on an empty PostgreSQL", () => {
  const used = withDatabase("postgresql");

  it("all come up: those that waited while one made the tables of the scheduler found its schema taken, and ended", async () => {
    const config = await used.createConfig();
    const servers = await Promise.all([1, 2, 3].map(() => openDatabase(config, { onLost: () => {} })));
    const [{ pool }] = servers as [Database];
    const holder = await pool.connect();
    await holder.query("BEGIN; CREATE SCHEMA jobs");
    const starting = Promise.allSettled(servers.map((server) => startSchedules(server)));
    const waiting = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await vi.waitUntil(async () => (await pool.query(waiting)).rows[0].n === servers.length, 100_000);
    await holder.query("ROLLBACK");
    holder.release();
    const started = await starting;
    for (const start of started) if (start.status === "fulfilled") await start.value.stop();
    for (const server of servers) await server.close();
    expect(started.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  });
});
