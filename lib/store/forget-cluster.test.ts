import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { saveCatalogue } from "./catalogues";
import { changeClusterSettings } from "./cluster-settings";
import { getCluster, pickSlug, saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { listFindings } from "./findings/list-findings";
import { forgetCluster, measureCluster } from "./forget-cluster";
import { type Database, openDatabase } from "./open-database";
import { redateSnapshots } from "./redate-snapshots";
import { finishScan, startScan } from "./scans";
import { saveScopeSettings } from "./scope-settings";
import { findLatestSnapshot } from "./snapshots";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const DAYS = ["2026-11-26T10:00:00Z", "2026-11-27T10:00:00Z"];

/** A cluster with a row in every table. Gives its id. */
async function fill({ pool, prisma }: Database, slug: string, catalogueVersion = "v"): Promise<number> {
  const { id } = await saveCluster(prisma, { slug, name: slug, source: "kubeconfig" });
  for (const day of DAYS) {
    const scan = await startScan(pool, id, "manual", "a server");
    await saveCatalogue(pool, catalogueVersion, [{ id: `own control of ${catalogueVersion}` }]);
    await saveScopeSettings(pool, id, "hash", {});
    const resources = ["a", "b", "c"].map((name) => ({ name, content: day }));
    const verdicts = resources.map(({ name }) => ({ control: "c1", on: name, note: day }));
    const tallies = [{ key: "c1", n: 3, failing: 3 }];
    await commitSnapshot(pool, makeSnapshot(id, { resources, verdicts, tallies, catalogueVersion, takenAt: new Date(day) }));
    await finishScan(pool, scan.id, { state: "done" });
  }
  await pool.query("INSERT INTO stale_period (cluster_id, from_seq, to_seq, first_id, findings) VALUES ($1, 1, 2, 0, '\\x01')", [id]);
  await pool.query("INSERT INTO span_again (cluster_id, from_seq, open_since_seq, opened_cause, first_id, spans) VALUES ($1, 1, 1, 'changed', 0, '\\x01')", [
    id,
  ]);
  await pool.query("INSERT INTO tally_pause (cluster_id, from_seq, to_seq, first_id, tallies) VALUES ($1, 1, 2, 0, '\\x01')", [id]);
  return id;
}

/** Rows of a cluster in each table that says whose they are. */
async function countRows({ pool }: Database, id: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'cluster_id' ORDER BY 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) counts[name] = (await pool.query(`SELECT 1 FROM ${name} WHERE cluster_id = $1`, [id])).rowCount ?? 0;
  return counts;
}

const listIds = async ({ pool }: Database, id: number): Promise<readonly string[]> => {
  const asked = { seq: 1, sinceSeq: null, filter: {}, tab: "all", order: "object", isReversed: false, cursor: null, limit: 9 } as const;
  return (await listFindings(pool, id, asked)).rows.map(({ publicId }) => publicId);
};

const isEmpty = (counts: Readonly<Record<string, number>>): boolean => Object.values(counts).every((count) => count === 0);

describe.each(DATABASE_KINDS)("a cluster that is forgotten on %s", (kind) => {
  const used = withDatabase(kind);
  const rows = async (id: number) => countRows(used.database, id);
  let [old, other, turn] = [0, 0, 0];
  let slug = "";
  beforeEach(async () => {
    turn += 1;
    slug = `old-${turn}`;
    old = await fill(used.database, slug, `alone ${turn}`);
    other = await fill(used.database, `other-${turn}`, "shared");
  });

  it("leaves no row in any table, and others as they were; its own controls go with the catalogue that nobody else has", async () => {
    const { database } = used;
    const { pool } = database;
    const before = await rows(other);
    expect(Object.values(await rows(old))).not.toContain(0);
    const { findings, bytes, history } = await measureCluster(pool, slug);
    expect([findings, history?.oldest.takenAt, history?.newest.seq]).toEqual([3, new Date(DAYS[0] ?? ""), 2]);
    expect(bytes).toBeGreaterThan(1_000);
    expect(await forgetCluster(database, slug, slug)).toEqual({ snapshots: 2, findings: 3 });
    expect(Object.keys(before)).toHaveLength(13);
    expect(await rows(old)).toEqual(Object.fromEntries(Object.keys(before).map((table) => [table, 0])));
    expect(await rows(other)).toEqual(before);
    const { rows: catalogues } = await pool.query("SELECT version FROM catalogue WHERE version IN ('shared', $1)", [`alone ${turn}`]);
    expect(catalogues).toEqual([{ version: "shared" }]);
    expect(await listIds(database, other)).toHaveLength(3);
  });

  it("says when it was, keeps its name in addresses for itself, and begins a new history that is not mixed with the old", async () => {
    const { database } = used;
    const ids = await listIds(database, old);
    await forgetCluster(database, slug, slug);
    const gone = {
      code: "gone",
      message: expect.stringMatching(new RegExp(`^The cluster ${slug} was forgotten on \\d+ \\w+ 20\\d\\d, \\d\\d:\\d\\d UTC\\.$`)),
    };
    await expect(getCluster(database.prisma, slug)).rejects.toMatchObject(gone);
    await expect(forgetCluster(database, slug, slug)).rejects.toMatchObject(gone);
    await expect(measureCluster(database.pool, slug)).rejects.toMatchObject(gone);
    await expect(changeClusterSettings(database.pool, slug, () => ({}))).rejects.toMatchObject(gone);
    const redating = { cluster: slug, seq: 1, takenAt: new Date(DAYS[0] ?? "") };
    await expect(redateSnapshots(database.pool, redating, new Date())).rejects.toMatchObject(gone);
    const again = await pickSlug(database.prisma, slug);
    expect(again).toBe(`${slug}-2`);
    const id = await fill(database, again);
    expect(await findLatestSnapshot(database.pool, id)).toMatchObject({ seq: 2 });
    const anew = await listIds(database, id);
    expect(anew).toHaveLength(3);
    expect(anew.filter((one) => ids.includes(one))).toEqual([]);
  });

  it("stays whole where the name is not said again, where it is being scanned, and where anything fails", async () => {
    const { database } = used;
    const before = await rows(old);
    await expect(forgetCluster(database, slug, "old")).rejects.toMatchObject({
      code: "bad-request",
      message: `Nothing was forgotten: the name of the cluster is ${slug}.`,
    });
    await expect(forgetCluster(database, "nowhere", "nowhere")).rejects.toMatchObject({ code: "not-found", message: "There is no cluster named nowhere." });
    const scan = await startScan(database.pool, old, "manual", "a server");
    await expect(forgetCluster(database, slug, slug)).rejects.toMatchObject({ code: "conflict" });
    await finishScan(database.pool, scan.id, { state: "cancelled" });
    // The deletion of the last table fails.
    await database.pool.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TRIGGER refuse BEFORE DELETE ON scope_settings FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
    await expect(forgetCluster(database, slug, slug)).rejects.toThrow("no");
    await database.pool.query("DROP TRIGGER refuse ON scope_settings");
    expect(await rows(old)).toEqual({ ...before, scan: 3 });
    expect(await getCluster(database.prisma, slug)).toMatchObject({ id: old });
  });

  it("is not kept by a scan whose server is gone", async () => {
    const { database } = used;
    await startScan(database.pool, old, "manual", "a server that was killed");
    await database.pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE cluster_id = $1 AND state = 'running'", [old]);
    await forgetCluster(database, slug, slug);
    expect(isEmpty(await rows(old))).toBe(true);
  });
});

describe("a cluster on the embedded database", () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
    await bundle({ "test-forget": "lib/store/run-forget.ts" });
  });
  afterAll(() => databases.stop());
  const fail = (error: Error) => expect.fail(error.message);

  it("gives its room on the disk back", async () => {
    const database = await databases.open();
    const measure = async (): Promise<number> => {
      const { rows } = await database.pool.query(
        "SELECT sum(pg_total_relation_size(c.oid))::float8 AS bytes FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
      );
      return rows[0].bytes;
    };
    await fill(database, "small");
    const before = await measure();
    const { id } = await saveCluster(database.prisma, { slug: "large", name: "large", source: "kubeconfig" });
    const names = Array.from({ length: 2_000 }, (_, at) => `w-${at}`);
    const world = { resources: names.map((name) => ({ name, content: name })), verdicts: names.map((on) => ({ control: "c1", on, note: on })) };
    await commitSnapshot(database.pool, makeSnapshot(id, world));
    expect(await measure()).toBeGreaterThan(before + 1_000_000);
    await fill(database, "later");
    await forgetCluster(database, "large", "large");
    expect(await measure()).toBeLessThan(before + 200_000);
    await database.close();
  });

  it("is whole after a kill in the middle", async () => {
    const config = await databases.createConfig();
    const first = await openDatabase(config, { onLost: fail });
    const id = await fill(first, "killed");
    const before = await countRows(first, id);
    // The deletion of the last table tells that it was come to, and never ends.
    await first.pool.query(`CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        EXECUTE format('COPY (SELECT 1) TO %L', current_setting('data_directory') || '/hangs');
        PERFORM pg_sleep(3600); RETURN NULL; END $$;
      CREATE TRIGGER hang AFTER DELETE ON scope_settings FOR EACH STATEMENT EXECUTE FUNCTION hang()`);
    await first.close();
    const env = { ...process.env, DATABASE_URL: "", CONCENTRIC_DATA_DIR: config.dataDir };
    const child = spawn(process.execPath, [path.join(config.buildDir, "test-forget.mjs"), "killed", "--yes", "killed"], { env, stdio: "ignore" });
    const ended = once(child, "exit");
    await expect.poll(() => existsSync(path.join(config.dataDir, "postgres/hangs"))).toBe(true);
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    const database = await openDatabase(config, { onLost: fail });
    expect(await countRows(database, id)).toEqual(before);
    expect(await getCluster(database.prisma, "killed")).toMatchObject({ id });
    await database.pool.query("DROP TRIGGER hang ON scope_settings");
    await forgetCluster(database, "killed", "killed");
    expect(isEmpty(await countRows(database, id))).toBe(true);
    await database.close();
  });
});
