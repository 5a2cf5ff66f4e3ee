import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";
import { finishScan, startScan } from "./scans";
import { giveBackUndone, tidy } from "./tidy";

const embedded = withDatabase("pglite");

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

it("takes no more room with each scan that is remembered for a while", async () => {
  const { pool, prisma } = embedded.database;
  const { id } = await saveCluster(prisma, { slug: "often", name: "C", source: "demo" });
  const scanOften = async () => {
    for (let times = 1; times <= 200; times += 1) {
      const scan = await startScan(pool, id, "schedule", "a server");
      await finishScan(pool, scan.id, { state: "done", progress: { reading: "a".repeat(200) } });
      if (times % 50 === 0) await tidy(pool, { seq: 16 });
    }
    return (await pool.query("SELECT pg_total_relation_size('scan')::int AS bytes")).rows[0].bytes;
  };
  const before = await scanOften();
  expect(await scanOften()).toBeLessThanOrEqual(before);
});

it("takes no more room with each scan that is undone", async () => {
  const { pool } = embedded.database;
  const { id } = await saveCluster(embedded.database.prisma, { slug: "undone", name: "C", source: "demo" });
  const names = Array.from({ length: 2_000 }, (_, at) => `app-${at}`);
  const world = { resources: names.map((name) => ({ name, content: "a" })), verdicts: names.map((on) => ({ control: "c1", on })) };
  const undo = async () => {
    const input = { ...makeSnapshot(id, world), scanId: randomUUID() }; // which nobody runs: that shows when all is written
    await expect(commitSnapshot(pool, input)).rejects.toThrow("ended before it was finished");
    const sql = "SELECT sum(pg_total_relation_size(name))::int AS bytes FROM unnest($1::regclass[]) AS name";
    const bytes = async (): Promise<number> => (await pool.query(sql, [["resource", "resource_version", "finding", "finding_span"]])).rows[0].bytes;
    const written = await bytes();
    await giveBackUndone(embedded.database);
    return [written, await bytes()] as const;
  };
  const [written, left] = await undo();
  expect(left).toBeLessThan(written);
  for (let times = 0; times < 3; times += 1) expect((await undo())[0]).toBeLessThan(written * 2); // pages of indexes are free one time later
});
