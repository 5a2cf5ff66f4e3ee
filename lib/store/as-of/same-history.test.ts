import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { loadFindingIndex } from "../findings/finding-index";
import { findLatestSnapshot } from "../snapshots";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { loadSnapshotTimes } from "./snapshot-log";

const used = withDatabase("pglite");
const TABLES = ["resource", "resource_version", "finding", "finding_span", "snapshot"];
const failing = (...names: string[]): World => ({
  resources: names.map((name) => ({ name, content: "a" })),
  verdicts: names.map((on) => ({ control: "c1", on })),
});

/** What a page does: it finds the newest snapshot, and reads a day. */
async function read(clusterId: number, seq: number) {
  const { pool } = used.database;
  const latest = await findLatestSnapshot(pool, clusterId);
  const { resources } = await loadFindingIndex(pool, clusterId, seq);
  return [latest?.seq, resources.map(({ name }) => name), (await loadSnapshotTimes(pool, clusterId, seq))[seq]];
}

it("forgets what it keeps of days that are others once a backup was put back under a running server", async () => {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug: "c", name: "C", source: "demo" });
  let day = 0;
  const scan = (world: World) => commitSnapshot(pool, makeSnapshot(id, { ...world, takenAt: new Date(Date.UTC(2026, 10, (day += 1))) }));
  await scan(failing("a"));
  for (const table of TABLES) await pool.query(`CREATE TABLE backup_${table} AS TABLE ${table}`);
  const putBack = async () => {
    for (const table of TABLES) await pool.query(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM backup_${table}`);
    for (const table of TABLES) await pool.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), (SELECT max(id) FROM ${table}))`, [table]);
  };
  await scan(failing("a", "b"));
  await scan(failing("a", "b"));
  expect(await read(id, 3)).toEqual([3, ["a", "b"], Date.UTC(2026, 10, 3)]);

  await putBack();
  await scan(failing("c"));
  expect(await read(id, 2)).toEqual([2, ["c"], Date.UTC(2026, 10, 4)]);
  await putBack();
  await scan(failing("d"));
  expect(await read(id, 2)).toEqual([2, ["d"], Date.UTC(2026, 10, 5)]);
  await putBack();
  for (const name of ["e", "f"]) await scan(failing(name));
  expect(await read(id, 2)).toEqual([3, ["e"], Date.UTC(2026, 10, 6)]);
});

it("keeps what it has while snapshots come one after the other", async () => {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug: "d", name: "D", source: "demo" });
  await commitSnapshot(pool, makeSnapshot(id, failing("a")));
  await findLatestSnapshot(pool, id);
  const kept = await loadFindingIndex(pool, id, 1);
  await commitSnapshot(pool, makeSnapshot(id, failing("a", "b")));
  await findLatestSnapshot(pool, id);
  expect(await loadFindingIndex(pool, id, 1)).toBe(kept);
});
