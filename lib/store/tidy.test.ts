import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "./open-database";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "./testing/test-databases";
import { analyseGrown, tidy } from "./tidy";

describe.each(DATABASE_KINDS)("statistics on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (databases.isAvailable) database = await databases.open();
  }, 60_000);
  afterAll(() => databases.stop());

  const addTallies = (rows: number) =>
    database.pool.query(
      `INSERT INTO tally (cluster_id, dimension, key, scope, from_seq, n, failing, waived, unknown, subsumed, not_applicable, manual, stale)
       SELECT 1, 'control', 'c' || i, 'workload', 1, 1, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(1, $1::int) AS i`,
      [rows],
    );
  const estimate = async () => (await database.pool.query("SELECT reltuples::int AS n FROM pg_class WHERE relname = 'tally'")).rows[0].n;

  it("are made where nobody made any, and again where a table grew by half", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    await addTallies(10_000);
    expect(await analyseGrown(database.pool)).toContain("tally");
    expect(await estimate()).toBe(10_000);
    await addTallies(100);
    expect(await analyseGrown(database.pool)).toEqual([]);
    await addTallies(20_000);
    expect(await analyseGrown(database.pool)).toEqual(["tally"]);
    expect(await estimate()).toBe(30_100);
  });

  it("are brought up to date after a snapshot that wrote much, and after every sixteenth", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const before = await estimate();
    await addTallies(5_000);
    await tidy(database.pool, { seq: 3, transitions: 10 });
    expect(await estimate()).toBe(before);
    await tidy(database.pool, { seq: 3, transitions: 5_000 });
    expect(await estimate()).toBe(before + 5_000);
    await addTallies(5_000);
    await tidy(database.pool, { seq: 16, transitions: 10 });
    expect(await estimate()).toBe(before + 10_000);
  });
});
