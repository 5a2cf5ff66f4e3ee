import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import type { Database } from "./open-database";
import { findLatestScan, recoverScans, startScan } from "./scans";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "./testing/test-databases";

describe.each(DATABASE_KINDS)("scans on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (databases.isAvailable) database = await databases.open();
  }, 60_000);
  afterAll(() => databases.stop());

  let clusters = 0;
  async function start() {
    const { id } = await saveCluster(database.prisma, { slug: `c${(clusters += 1)}`, name: "C", source: "demo" });
    return { clusterId: id, scan: await startScan(database.pool, id, "manual", "a server") };
  }
  const expire = (scanId: string) => database.pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [scanId]);

  it("of a server that is gone end when their lease has run out, and another may start", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const { clusterId, scan } = await start();
    const { clusterId: other } = await start();
    expect(await recoverScans(database.pool, { all: false })).toBe(0);
    await expect(startScan(database.pool, clusterId, "manual", "another")).rejects.toThrow("This cluster is being scanned already.");

    await expire(scan.id);
    expect(await recoverScans(database.pool, { all: false })).toBe(1);
    expect(await findLatestScan(database.pool, clusterId)).toMatchObject({ state: "failed", error: "The process that ran this scan ended." });
    expect(await findLatestScan(database.pool, other)).toMatchObject({ state: "running" });
    expect(await startScan(database.pool, clusterId, "manual", "another")).toMatchObject({ state: "running" });
    expect(await recoverScans(database.pool, { all: true })).toBe(2);
  });

  it("take the place of one whose lease has run out, without waiting for anybody to end it", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const { clusterId, scan } = await start();
    await expire(scan.id);
    expect((await startScan(database.pool, clusterId, "schedule", "another")).id).not.toBe(scan.id);
  });
});
