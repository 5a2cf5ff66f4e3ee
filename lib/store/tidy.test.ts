import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import type { Database } from "./open-database";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "./testing/test-databases";
import { tidy } from "./tidy";

describe.each(DATABASE_KINDS)("statistics on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (databases.isAvailable) database = await databases.open();
  }, 60_000);
  afterAll(() => databases.stop());

  let scanned = 0;
  const scan = async (objects: number) => {
    const { id } = await saveCluster(database.prisma, { slug: `c${(scanned += 1)}`, name: "C", source: "demo" });
    const names = Array.from({ length: objects }, (_, at) => `app-${at}`);
    const resources = names.map((name) => ({ name, content: "a" }));
    return commitSnapshot(database.pool, makeSnapshot(id, { resources, verdicts: names.map((on) => ({ control: "c1", on })) }));
  };
  const estimate = async () => (await database.pool.query("SELECT reltuples::int AS n FROM pg_class WHERE relname = 'finding_span'")).rows[0].n;

  it("are there with a snapshot that wrote much, and cost a small one nothing", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    await scan(1_000);
    expect(await estimate()).toBe(1_000);
    await scan(10);
    expect(await estimate()).toBe(1_000);
  });

  it("are brought up to date after every sixteenth", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    await tidy(database.pool, { seq: 15 });
    expect(await estimate()).toBe(1_000);
    await tidy(database.pool, { seq: 16 });
    expect(await estimate()).toBe(1_010);
  });
});
