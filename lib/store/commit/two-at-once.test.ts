import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";

const WORLD: World = { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] };
const CHANGED: World = { resources: [{ name: "cart", content: "b" }], verdicts: [] };

describe("two scans of one cluster that servers on one PostgreSQL store at once", () => {
  const used = withDatabase("postgresql");

  it("give one snapshot: the one that waited for the other says why it is refused", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "C", source: "demo" });
    await commitSnapshot(pool, makeSnapshot(id, WORLD));
    const first = await pool.connect();
    await first.query("BEGIN");
    await first.query("SELECT 1 FROM cluster WHERE id = $1 FOR UPDATE", [id]);
    await first.query(
      `INSERT INTO snapshot (cluster_id, seq, taken_at, started_at, duration_ms, trigger, catalogue_version, scope_hash, coverage_id, facts, counts)
       SELECT cluster_id, 2, taken_at, started_at, duration_ms, trigger, catalogue_version, scope_hash, coverage_id, facts, counts FROM snapshot`,
    );
    const second = commitSnapshot(pool, makeSnapshot(id, CHANGED)).catch((error: unknown) => error);
    const isWaiting = async () => (await pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rowCount;
    while (!(await isWaiting())) await sleep(20);
    await first.query("COMMIT");
    first.release();
    expect(await second).toMatchObject({ code: "conflict", message: "Another scan of this cluster was stored meanwhile." });
    expect((await pool.query("SELECT count(*)::int AS open FROM finding_span WHERE closed_seq IS NULL")).rows).toEqual([{ open: 1 }]);
  });
});
