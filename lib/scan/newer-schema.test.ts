import { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clusters/[cluster]/route";
import { PATCH } from "@/app/api/v1/clusters/[cluster]/settings/route";
import { getShell } from "@/lib/reads/get-shell";
import { saveCluster } from "@/lib/store/clusters";
import { commitSnapshot } from "@/lib/store/commit-snapshot";
import { setDatabase } from "@/lib/store/database-handle";
import { type Database, openDatabase } from "@/lib/store/open-database";
import { makeSnapshot } from "@/lib/store/testing/make-snapshot";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { startScan } from "./start-scan";

const NEWER = "29990101000000_newer";
const REFUSAL = `The database belongs to a newer version of Concentric (migration ${NEWER}): start that version.`;
const onLost = (error: Error) => {
  throw error;
};

/** As a newer version leaves it. */
async function upgrade({ pool }: Database): Promise<void> {
  await pool.query('ALTER TABLE "scan" ADD COLUMN IF NOT EXISTS "newer" TEXT');
  await pool.query(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('newer', '', $1, now())`, [NEWER]);
}

async function countRows({ pool }: Pick<Database, "pool">): Promise<unknown> {
  const tables = ["cluster", "scan", "snapshot", "resource", "finding", "_prisma_migrations"].map(
    (name) => `(SELECT count(*) FROM "${name}")::int AS "${name}"`,
  );
  return (await pool.query(`SELECT ${tables.join(", ")}`)).rows[0];
}

describe.each(DATABASE_KINDS)("a version that is older than its database on %s", (kind) => {
  const used = withDatabase(kind);

  it("does not start, says why in one sentence, and leaves the database as it is", async () => {
    const config = await used.createConfig();
    const first = await openDatabase(config, { onLost });
    await upgrade(first);
    const before = await countRows(first);
    await first.close();
    for (const _ of [1, 2]) await expect(openDatabase(config, { onLost })).rejects.toMatchObject({ code: "conflict", message: REFUSAL });
    if (kind === "postgresql") {
      const pool = new Pool({ connectionString: config.databaseUrl ?? "" });
      expect(await countRows({ pool })).toEqual(before);
      await pool.end();
    }
  });

  it("writes nothing once another server has upgraded what it has open", async () => {
    const { database } = used;
    const cluster = await saveCluster(database.prisma, { slug: "open", name: "Open", source: "demo" });
    const input = makeSnapshot(cluster.id, { resources: [{ name: "a", content: "1" }], verdicts: [] });
    expect((await commitSnapshot(database.pool, input)).seq).toBe(1);
    await expect(database.requireCurrent()).resolves.toBeUndefined();
    setDatabase(database);
    expect((await getShell("open")).outdated).toBeNull();
    setDatabase(null);
    async function* upgradedMeanwhile(): AsyncGenerator<[]> {
      await upgrade(database);
      yield [];
    }
    await expect(commitSnapshot(database.pool, { ...input, verdicts: upgradedMeanwhile() })).rejects.toMatchObject({
      code: "conflict",
      message: "A newer version of Concentric changed the database during the scan.",
    });
    const before = await countRows(database);
    await expect(database.requireCurrent()).rejects.toMatchObject({ code: "conflict", message: REFUSAL });
    await expect(startScan(database, cluster, { trigger: "manual", target: { source: "url", server: "http://127.0.0.1:1" } })).rejects.toMatchObject({
      message: REFUSAL,
    });
    setDatabase(database);
    expect((await getShell("open")).outdated).toBe(REFUSAL);
    const request = new Request("http://localhost/", { method: "PATCH", body: "{}", headers: { host: "localhost", "content-type": "application/json" } });
    const response = await PATCH(request, { params: Promise.resolve({ cluster: "open" }) });
    setDatabase(null);
    expect([response.status, (await response.json()).message]).toEqual([409, REFUSAL]);
    expect(await countRows(database)).toEqual(before);
  });

  it("says so, too, where it cannot even read any more what is there", async () => {
    const { pool, prisma } = used.database;
    await saveCluster(prisma, { slug: "read", name: "Read", source: "demo" });
    setDatabase(used.database);
    const read = async () => {
      const response = await GET(new Request("http://localhost/", { headers: { host: "localhost" } }), { params: Promise.resolve({ cluster: "read" }) });
      return [response.status, (await response.json()).message];
    };
    const changed = [
      503,
      "The database has other tables than at the start: start the newer version of Concentric that changed them, or this one again where the database was replaced.",
    ];
    await pool.query('ALTER TABLE "snapshot" RENAME COLUMN "facts" TO "facts_newer"');
    expect(await read()).toEqual(changed);
    await pool.query('ALTER TABLE "snapshot" RENAME COLUMN "facts_newer" TO "facts"');
    await pool.query('ALTER TABLE "cluster" RENAME COLUMN "source" TO "source_newer"');
    expect(await read()).toEqual(changed);
    await pool.query('ALTER TABLE "cluster" RENAME COLUMN "source_newer" TO "source"');
    expect((await read())[0]).toBe(200);
    setDatabase(null);
  });
});
