import { describe, expect, it, vi } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { findLatestScan, finishScan, recoverScans, startScan } from "./scans";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

describe.each(DATABASE_KINDS)("scans on %s", (kind) => {
  const used = withDatabase(kind);

  let clusters = 0;
  async function start() {
    const { id } = await saveCluster(used.database.prisma, { slug: `c${(clusters += 1)}`, name: "C", source: "demo" });
    return { clusterId: id, scan: await startScan(used.database.pool, id, "manual", "a server") };
  }
  const expire = (scanId: string) => used.database.pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scanId]);

  it("of a server that is gone end when their lease has run out, and another may start", async () => {
    const { clusterId, scan } = await start();
    const { clusterId: other } = await start();
    expect(await recoverScans(used.database.pool, { all: false })).toBe(0);
    await expect(startScan(used.database.pool, clusterId, "manual", "another")).rejects.toThrow("This cluster is being scanned already.");

    await expire(scan.id);
    expect(await recoverScans(used.database.pool, { all: false })).toBe(1);
    expect(await findLatestScan(used.database.pool, clusterId)).toMatchObject({ state: "failed", error: "The process that ran this scan ended." });
    expect(await findLatestScan(used.database.pool, other)).toMatchObject({ state: "running" });
    expect(await startScan(used.database.pool, clusterId, "manual", "another")).toMatchObject({ state: "running" });
    expect(await recoverScans(used.database.pool, { all: true })).toBe(2);
  });

  it("whose lease a clock that was a year ahead made hold nothing up once it is right", async () => {
    const { clusterId, scan } = await start();
    const lease = (ahead: string) => used.database.pool.query("UPDATE scan SET lease_until = now() + $2::interval WHERE id = $1", [scan.id, ahead]);
    await lease("4 minutes");
    expect(await recoverScans(used.database.pool, { all: false })).toBe(0);
    await lease("1 year");
    expect((await startScan(used.database.pool, clusterId, "schedule", "another")).id).not.toBe(scan.id);
    expect(await recoverScans(used.database.pool, { all: true })).toBe(1);
  });

  it("that are known to run stay, although their lease waited too long", async () => {
    const { clusterId, scan } = await start();
    await expire(scan.id);
    expect(await recoverScans(used.database.pool, { all: false, except: [scan.id] })).toBe(0);
    expect(await findLatestScan(used.database.pool, clusterId)).toMatchObject({ state: "running" });
    expect(await recoverScans(used.database.pool, { all: false })).toBe(1);
  });

  it("for the first time are refused once there is a snapshot: whoever asks for one has looked before that", async () => {
    const { pool } = used.database;
    const { clusterId, scan } = await start();
    await commitSnapshot(pool, makeSnapshot(clusterId, { resources: [], verdicts: [] }));
    await finishScan(pool, scan.id, { state: "done" });
    await expect(startScan(pool, clusterId, "discovery", "another", true)).rejects.toThrow("This cluster was scanned meanwhile.");
    expect(await startScan(pool, clusterId, "manual", "another")).toMatchObject({ state: "running" });
  });

  it("take the place of one whose lease has run out, without waiting for anybody to end it", async () => {
    const { clusterId, scan } = await start();
    await expire(scan.id);
    expect((await startScan(used.database.pool, clusterId, "schedule", "another")).id).not.toBe(scan.id);
  });

  it("that a wrong clock dated into the future are not the last ones once it is right", async () => {
    const { pool } = used.database;
    const { clusterId, scan } = await start();
    await finishScan(pool, scan.id, { state: "done" });
    await pool.query("UPDATE scan SET created_at = now() + interval '4 years' WHERE id = $1", [scan.id]);
    expect(await findLatestScan(pool, clusterId)).toMatchObject({ id: scan.id });
    const next = await startScan(pool, clusterId, "schedule", "a server");
    await finishScan(pool, next.id, { state: "failed", error: "Nothing answers." });
    expect(await findLatestScan(pool, clusterId)).toMatchObject({ id: next.id });
    await pool.query("UPDATE scan SET created_at = now() + interval '4 minutes' WHERE id = $1", [scan.id]);
    expect(await findLatestScan(pool, clusterId)).toMatchObject({ id: scan.id });
  });

  it("are kept by the hundred of each cluster, and those that run or that a wrong clock dated into the future take nobody's place", async () => {
    const { pool } = used.database;
    const { clusterId, scan } = await start();
    const { clusterId: other } = await start();
    const add = (cluster: number, scans: number, hours: number) =>
      pool.query(
        `INSERT INTO scan (id, cluster_id, state, trigger, created_at)
         SELECT gen_random_uuid(), $1, 'failed', 'schedule', now() + $3 * n * interval '1 hour' FROM generate_series(1, $2) n`,
        [cluster, scans, hours],
      );
    await add(clusterId, 300, -1);
    await add(clusterId, 120, 1);
    await add(other, 120, -1);
    await finishScan(pool, scan.id, { state: "done" });
    const next = await startScan(pool, clusterId, "schedule", "a server");
    const count = `SELECT cluster_id = $1 AS mine, created_at > now() AS future, count(*)::int AS n, bool_or(id = $3) AS last FROM scan
      WHERE cluster_id = ANY($2::bigint[]) GROUP BY 1, 2 ORDER BY 1, 2`;
    expect((await pool.query(count, [clusterId, [clusterId, other], scan.id])).rows).toEqual([
      { mine: false, future: false, n: 121, last: false },
      { mine: true, future: false, n: 101, last: true },
      { mine: true, future: true, n: 120, last: false },
    ]);
    expect(await findLatestScan(pool, clusterId)).toMatchObject({ id: next.id });
  });

  it("cost the same to ask for, however many there were", async () => {
    const { pool } = used.database;
    const { clusterId, scan } = await start();
    await pool.query(
      `INSERT INTO scan (id, cluster_id, state, trigger, created_at, started_at, finished_at)
       SELECT gen_random_uuid(), $1, 'done', 'schedule', at, at, at FROM generate_series(1, 5000) n, LATERAL (SELECT now() - n * interval '1 hour' AS at) t`,
      [clusterId],
    );
    const asked = vi.spyOn(pool, "query");
    const ask = async () => {
      asked.mockClear();
      const found = await findLatestScan(pool, clusterId);
      const [sql, values] = asked.mock.calls[0] as unknown as [string, unknown[]]; // safe: how that function asks
      const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
      const steps = [...JSON.stringify(rows).matchAll(/"(?:Actual Rows|Rows Removed by [\w ]+)":([\d.]+)/g)].map(([, count]) => Number(count));
      return { id: found?.id, mostRows: Math.max(...steps) };
    };
    expect(await ask()).toMatchObject({ id: scan.id, mostRows: expect.toSatisfy((rows: number) => rows < 20) });
    await finishScan(pool, scan.id, { state: "done" });
    expect(await ask()).toMatchObject({ id: scan.id, mostRows: expect.toSatisfy((rows: number) => rows < 20) });
    asked.mockRestore();
  });
});
