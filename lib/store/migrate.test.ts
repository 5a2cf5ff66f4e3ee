import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg, { type Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { migrate } from "./migrate";
import { startDatabases, testConfig, type TestDatabases } from "./testing/test-databases";

const { migrationsDir } = testConfig({});

/** As behind a pooler that gives a connection to others after each transaction: the next statement is sent through another one. */
function poolByTransaction(pool: Pool): Pool {
  const connect = async () => {
    const clients = [await pool.connect(), await pool.connect()];
    let [turn, isOpen] = [0, false];
    return {
      async query(text: string, values?: unknown[]) {
        if (text === "BEGIN") isOpen = true;
        const answer = await clients[turn % 2]?.query(text, values);
        if (text === "COMMIT" || text === "ROLLBACK") isOpen = false;
        if (!isOpen) turn += 1;
        return answer;
      },
      release: () => clients.map((client) => client.release()),
    };
  };
  return { connect, query: pool.query.bind(pool) } as unknown as Pool;
}

/** A folder with one more migration than there are. */
function withNewer(sql: string): string {
  const newer = mkdtempSync(path.join(os.tmpdir(), "concentric-migrations-"));
  cpSync(migrationsDir, newer, { recursive: true });
  mkdirSync(path.join(newer, "29990101000000_newer"));
  writeFileSync(path.join(newer, "29990101000000_newer", "migration.sql"), sql);
  return newer;
}

describe("migrate on postgresql", () => {
  let databases: TestDatabases;
  let pool: Pool;
  beforeAll(async () => {
    databases = await startDatabases("postgresql");
  });
  beforeEach(async ({ skip, onTestFinished }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    pool = new pg.Pool({ connectionString: (await databases.createConfig()).databaseUrl ?? "", lock_timeout: 5_000 });
    onTestFinished(() => pool.end());
  });
  afterAll(() => databases.stop());

  const countTables = async () => (await pool.query("SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'")).rows[0].n;

  it("leaves no lock behind on a connection that a pooler keeps, for which every later start and scan would wait", async () => {
    const pooled = poolByTransaction(pool);
    for (let start = 0; start < 3; start += 1) await (await migrate(pooled, migrationsDir))(pooled);
    const { rows } = await pool.query("SELECT mode FROM pg_locks WHERE locktype = 'advisory'");
    expect(rows).toEqual([]);
  });

  it("waits for whoever reads a table that it has to change, says so each time, and lets others read it meanwhile", async ({ onTestFinished }) => {
    await migrate(pool, migrationsDir);
    const newer = withNewer("ALTER TABLE cluster ADD COLUMN newer INTEGER");
    onTestFinished(() => rmSync(newer, { recursive: true }));
    const reader = await pool.connect();
    onTestFinished(() => reader.release());
    await reader.query("BEGIN; SELECT * FROM cluster");
    let waits = 0;
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const onWait = (): void => {
      waits += 1;
      if (waits === 2) resolve();
    };
    const started = migrate(pool, newer, { onWait, lockWaitMs: 50 });
    await Promise.race([waited, started]);
    expect((await pool.query("SELECT 1 FROM cluster")).rows).toEqual([]);
    await reader.query("COMMIT");
    await started;
    expect((await pool.query("SELECT newer FROM cluster")).rows).toEqual([]);
  });

  it("gives way to whoever takes the tables in another order, and tries again", async ({ onTestFinished }) => {
    await migrate(pool, migrationsDir);
    const newer = withNewer("ALTER TABLE snapshot ADD COLUMN newer INTEGER; SELECT pg_advisory_xact_lock(1); ALTER TABLE cluster ADD COLUMN newer INTEGER");
    onTestFinished(() => rmSync(newer, { recursive: true }));
    const [gate, reader] = [await pool.connect(), await pool.connect()];
    onTestFinished(() => void [gate, reader].map((client) => client.release()));
    const waiting = async (isWaiting: string) =>
      vi.waitFor(async () => expect((await pool.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND ${isWaiting}`)).rowCount).toBe(1), 60_000);
    await gate.query("BEGIN; SELECT pg_advisory_xact_lock(1)");
    await reader.query("SET lock_timeout TO 0; SET deadlock_timeout TO '10min'; BEGIN; SELECT * FROM cluster");
    let waits = 0;
    const started = migrate(pool, newer, { onWait: () => (waits += 1), lockWaitMs: 60_000 });
    await Promise.race([waiting("locktype = 'advisory'"), started]);
    const read = reader.query("SELECT * FROM snapshot");
    await waiting("relation = 'snapshot'::regclass");
    await gate.query("COMMIT");
    await Promise.all([read.then(() => reader.query("COMMIT")), started]);
    expect(waits).toBe(1);
    expect((await pool.query("SELECT newer FROM cluster")).rows).toEqual([]);
  });

  it.each(["CREATE TABLE snapshot (id int)", "CREATE TYPE finding_span AS ENUM ('a')"])(
    "says what of another program is in the way, and adds nothing: %s",
    async (sql) => {
      await pool.query(sql);
      const before = await countTables();
      await expect(migrate(pool, migrationsDir)).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(
          /^The database holds something of another program \(\w+ "(?:snapshot|finding_span)" already exists\): name an empty one in DATABASE_URL\.$/,
        ),
      });
      expect(await countTables()).toBe(before);
    },
  );

  it("makes its tables where Prisma looks for them, whatever schema comes first for the role", async () => {
    await pool.query("CREATE SCHEMA own");
    const { connectionString } = pool.options;
    const own = new pg.Pool({ ...(connectionString !== undefined && { connectionString }), options: "-c search_path=own,public" });
    await (await migrate(own, migrationsDir))(own).finally(() => own.end());
    expect((await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'own'")).rows).toEqual([]);
    expect(await countTables()).toBeGreaterThan(5);
  });

  it("refuses an empty database whose encoding does not hold every text, before a scan finds such a text", async ({ onTestFinished }) => {
    const url = new URL(pool.options.connectionString ?? "");
    const name = `${url.pathname.slice(1)}_latin`;
    await pool.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`);
    url.pathname = `/${name}`;
    const latin = new pg.Pool({ connectionString: url.href });
    onTestFinished(() => latin.end());
    await expect(migrate(latin, migrationsDir)).rejects.toMatchObject({
      message:
        "The database named in DATABASE_URL has the encoding LATIN1, which does not hold every text: create it anew with createdb -E UTF8 -l C -T template0.",
    });
  });

  it.for(["", "GRANT ALL ON ALL TABLES IN SCHEMA public TO"])(
    "says that the tables are those of somebody else, who restored a dump, whether or not the user may write them: %s",
    async (grant, { onTestFinished }) => {
      await migrate(pool, migrationsDir);
      const role = `borrower_${randomUUID().slice(0, 8)}`;
      await pool.query(`CREATE ROLE ${role}; ALTER SCHEMA public OWNER TO ${role}`);
      if (grant !== "") await pool.query(`${grant} ${role}`);
      const newer = withNewer("ALTER TABLE cluster ADD COLUMN newer INTEGER");
      onTestFinished(() => rmSync(newer, { recursive: true }));
      const borrower = new pg.Pool({ ...pool.options, options: `-c role=${role}` });
      onTestFinished(() => borrower.end());
      await expect(migrate(borrower, newer)).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringMatching(
          /^What is in the schemas "public" and "jobs" does not belong to the user in DATABASE_URL, as after somebody else restored/,
        ),
      });
      await pool.query(`ALTER TABLE cluster OWNER TO ${role}; ALTER TABLE "_prisma_migrations" OWNER TO ${role}`);
      await migrate(borrower, newer);
    },
  );

  it("takes the tables of another program that Prisma made for what they are, not for a newer version", async () => {
    await migrate(pool, migrationsDir);
    await pool.query(`DELETE FROM "_prisma_migrations" WHERE migration_name NOT LIKE '%_init'`);
    await pool.query(`UPDATE "_prisma_migrations" SET migration_name = '20230101000000_shop'`);
    await expect(migrate(pool, migrationsDir)).rejects.toMatchObject({
      message: "The database belongs to another program (its migration 20230101000000_shop): name an empty one in DATABASE_URL.",
    });
  });
});
