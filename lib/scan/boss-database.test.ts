import { PgBoss } from "pg-boss";
import { describe, expect, it } from "vitest";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { toBossDatabase } from "./boss-database";

describe.each(DATABASE_KINDS)("toBossDatabase on %s", (kind) => {
  const used = withDatabase(kind);

  it("lets pg-boss set itself up and hand a job over", async () => {
    const boss = new PgBoss({ db: toBossDatabase(used.database.pool), backend: kind === "pglite" ? "pglite" : "postgres", schema: "jobs" });
    await boss.start();
    await boss.createQueue("work", { policy: "short" });
    expect(await boss.send("work", { n: 1 }, { singletonKey: "a" })).not.toBeNull();
    expect(await boss.send("work", { n: 2 }, { singletonKey: "a" })).toBeNull();
    const done = new Promise<unknown>((resolve) => boss.work("work", { pollingIntervalSeconds: 0.5 }, async (jobs) => resolve(jobs.map((job) => job.data))));
    expect(await done).toEqual([{ n: 1 }]);
    await boss.stop({ graceful: true, timeout: 5000 });
  });

  it("leaves no broken transaction to whoever comes next", async () => {
    const db = toBossDatabase(used.database.pool);
    await expect(db.executeSql("BEGIN; SELECT 1 / 0; COMMIT;")).rejects.toThrow(/division by zero/);
    for (let i = 0; i < 20; i += 1) expect((await used.database.pool.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  });
});
