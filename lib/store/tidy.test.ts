import { describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";
import { tidy } from "./tidy";

describe.each(DATABASE_KINDS)("statistics on %s", (kind) => {
  const used = withDatabase(kind);

  let scanned = 0;
  const scan = async (objects: number) => {
    const { id } = await saveCluster(used.database.prisma, { slug: `c${(scanned += 1)}`, name: "C", source: "demo" });
    const names = Array.from({ length: objects }, (_, at) => `app-${at}`);
    const resources = names.map((name) => ({ name, content: "a" }));
    return commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: names.map((on) => ({ control: "c1", on })) }));
  };
  const estimate = async () => (await used.database.pool.query("SELECT reltuples::int AS n FROM pg_class WHERE relname = 'finding_span'")).rows[0].n;

  it("are there with a snapshot that wrote much, and cost a small one nothing", async () => {
    await scan(1_000);
    expect(await estimate()).toBe(1_000);
    await scan(10);
    expect(await estimate()).toBe(1_000);
  });

  it("are brought up to date after every sixteenth", async () => {
    await tidy(used.database.pool, { seq: 15 });
    expect(await estimate()).toBe(1_000);
    await tidy(used.database.pool, { seq: 16 });
    expect(await estimate()).toBe(1_010);
  });

  it("take no more room with each count", async () => {
    const tidyOften = async () => {
      for (let times = 0; times < 6; times += 1) await tidy(used.database.pool, { seq: 16 });
      return (await used.database.pool.query("SELECT pg_total_relation_size('pg_statistic')::int AS bytes")).rows[0].bytes;
    };
    const before = await tidyOften();
    expect(await tidyOften()).toBeLessThanOrEqual(before);
  });
});
