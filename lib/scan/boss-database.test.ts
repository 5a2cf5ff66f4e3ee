import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/store/open-database";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "@/lib/store/testing/test-databases";
import { toBossDatabase } from "./boss-database";

describe.each(DATABASE_KINDS)("toBossDatabase on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (databases.isAvailable) database = await databases.open();
  }, 60_000);
  afterAll(() => databases.stop());

  it("lets pg-boss set itself up and hand a job over", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const boss = new PgBoss({ db: toBossDatabase(database.pool), backend: kind === "pglite" ? "pglite" : "postgres", schema: "jobs" });
    await boss.start();
    await boss.createQueue("work", { policy: "short" });
    expect(await boss.send("work", { n: 1 }, { singletonKey: "a" })).not.toBeNull();
    expect(await boss.send("work", { n: 2 }, { singletonKey: "a" })).toBeNull();
    const done = new Promise<unknown>((resolve) => boss.work("work", { pollingIntervalSeconds: 0.5 }, async (jobs) => resolve(jobs.map((job) => job.data))));
    expect(await done).toEqual([{ n: 1 }]);
    await boss.stop({ graceful: true, timeout: 5000 });
  }, 30_000);

  it("leaves no broken transaction to whoever comes next", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const db = toBossDatabase(database.pool);
    await expect(db.executeSql("BEGIN; SELECT 1 / 0; COMMIT;")).rejects.toThrow(/division by zero/);
    for (let i = 0; i < 20; i += 1) expect((await database.pool.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  });
});
