import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { heldBy } from "../as-of/held-by";
import { saveCluster } from "../clusters";
import type { Database } from "../open-database";
import { DATABASE_KINDS, type startDatabases } from "./test-databases";

let start: typeof startDatabases;
beforeAll(async () => {
  vi.stubEnv("CONCENTRIC_HAND_ON_DATABASES", "1");
  vi.resetModules();
  start = (await import("./test-databases")).startDatabases;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  const databases = await start("postgresql");
  if (!databases.isAvailable) return;
  const { pid, data } = await findServer(await databases.open());
  process.kill(pid, "SIGQUIT");
  await vi.waitUntil(() => !existsSync(path.join(data, "postmaster.pid")), { timeout: 100_000 });
  rmSync(path.dirname(data), { recursive: true, force: true });
});

const known = heldBy("known", () => ({}));
const save = ({ prisma }: Database) => saveCluster(prisma, { slug: "c", name: "c", source: "demo" });

async function findServer({ pool }: Database) {
  const place = "SELECT current_database() AS name, current_setting('data_directory') AS data, pg_read_file('postmaster.pid') AS pid";
  const { rows } = await pool.query<{ name: string; data: string; pid: string }>(place);
  return { name: rows[0]?.name, data: rows[0]?.data ?? "", pid: Number.parseInt(rows[0]?.pid ?? "", 10) };
}

describe.each(DATABASE_KINDS)("of %s, a file", (kind) => {
  beforeEach(async ({ skip }) => {
    if (!(await start(kind)).isAvailable) skip("PostgreSQL is not installed.");
  });

  /** As a file does: opens a database, uses it, and is done with it. */
  async function use<T>(how: (database: Database) => Promise<T>): Promise<T> {
    const databases = await start(kind);
    try {
      return await how(await databases.open());
    } finally {
      await databases.stop();
    }
  }

  it("hands on its database as if it were new", async () => {
    const seen = await use(async (database) => ({ pool: database.pool, known: known(database.pool), id: (await save(database)).id }));
    await use(async (database) => {
      expect(database.pool).toBe(seen.pool);
      expect(known(database.pool)).not.toBe(seen.known);
      expect(await database.prisma.cluster.count()).toBe(0);
      expect((await save(database)).id).toBe(seen.id);
    });
  });

  it("hands on none that was closed, or that belongs to a newer version by now", async () => {
    const closed = await use(async (database) => {
      await database.close();
      return database.pool;
    });
    const newer = await use(async ({ pool }) => {
      expect(pool).not.toBe(closed);
      await pool.query(
        `UPDATE "_prisma_migrations" SET migration_name = '29990101000000_newer' WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`,
      );
      return pool;
    });
    await use(async (database) => {
      expect(database.pool).not.toBe(newer);
      await database.close();
    });
  });
});

it("keeps one PostgreSQL for all files of a thread, with a database for each that is open", async ({ skip }) => {
  const [one, other] = [await start("postgresql"), await start("postgresql")];
  if (!one.isAvailable) return skip("PostgreSQL is not installed.");
  const [first, second] = [await findServer(await one.open()), await findServer(await other.open())];
  await one.stop();
  await other.stop();
  expect([second.pid, second.data]).toEqual([first.pid, first.data]);
  expect(second.name).not.toBe(first.name);
});
