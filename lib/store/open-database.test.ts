import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { findCluster, saveCluster } from "./clusters";
import { openDatabase } from "./open-database";
import { openPool } from "./open-pool";
import { DATABASE_KINDS, type TestDatabases, startDatabases, testConfig } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const onLost = (error: Error) => {
  throw error;
};

describe.each(DATABASE_KINDS)("openDatabase on %s", (kind) => {
  const used = withDatabase(kind);

  it("serves the same rows through plain statements and through Prisma", async () => {
    const saved = await saveCluster(used.database.prisma, { slug: "one", name: "One", source: "kubeconfig", settings: { theme: "dark" } });
    const { rows } = await used.database.pool.query("SELECT id, settings FROM cluster WHERE slug = $1", ["one"]);
    expect(rows).toEqual([{ id: saved.id, settings: { theme: "dark" } }]);
  });

  it("keeps the instants that it is given, whatever zone and style of dates the server has", async () => {
    const { pool, prisma } = used.database;
    const at = new Date("2026-03-29T01:30:00.123Z");
    const { id } = await saveCluster(prisma, { slug: "dated", name: "Dated", source: "demo" });
    await prisma.cluster.update({ where: { id }, data: { createdAt: at } });
    const { rows } = await pool.query("SELECT created_at, created_at = $2 AS same, extract(epoch FROM created_at)::float8 AS s FROM cluster WHERE id = $1", [
      id,
      at,
    ]);
    expect(rows).toEqual([{ created_at: at, same: true, s: at.getTime() / 1000 }]);
    await pool.query("UPDATE cluster SET created_at = $2 WHERE id = $1", [id, new Date(0)]);
    expect(await findCluster(prisma, "dated")).toMatchObject({ createdAt: new Date(0) });
  });

  it("answers reads of others while one connection holds a transaction, and shows them nothing of a failed read", async () => {
    const holder = await used.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("INSERT INTO cluster (slug, name, source) VALUES ('held', 'Held', 'demo')");
    const reads = await Promise.all([1, 2, 3].map((n) => used.database.pool.query("SELECT $1::int AS n", [n])));
    expect(reads.map((read) => read.rows[0].n)).toEqual([1, 2, 3]);
    await expect(used.database.pool.query("SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
    await expect(used.database.pool.query("SELECT nothing")).rejects.toMatchObject({ code: "42703" });
    await holder.query("COMMIT");
    holder.release();
    expect((await used.database.pool.query("SELECT 1 FROM cluster WHERE slug = 'held'")).rowCount).toBe(1);
  });

  it("lets a write of another connection come through after the transaction, never inside it", async () => {
    const holder = await used.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1");
    const write = used.database.pool.query("INSERT INTO cluster (slug, name, source) VALUES ('waited', 'Waited', 'demo')");
    await used.database.pool.query("SELECT 1");
    await holder.query("ROLLBACK");
    holder.release();
    await write;
    expect((await used.database.pool.query("SELECT 1 FROM cluster WHERE slug = 'waited'")).rowCount).toBe(1);
  });

  it("rolls back what a connection had begun when it is cut", async () => {
    const holder = await used.database.pool.connect();
    await holder.query("BEGIN");
    await holder.query("INSERT INTO cluster (slug, name, source) VALUES ('cut', 'Cut', 'demo')");
    holder.release(true);
    await used.database.pool.query("INSERT INTO cluster (slug, name, source) VALUES ('after', 'After', 'demo')");
    const { rows } = await used.database.pool.query("SELECT slug FROM cluster WHERE slug IN ('cut', 'after')");
    expect(rows).toEqual([{ slug: "after" }]);
  });

  it("goes on after an error inside a transaction of Prisma", async () => {
    const twice = used.database.prisma.$transaction(async (tx) => {
      await tx.cluster.create({ data: { slug: "twice", name: "Twice", source: "demo" } });
      await tx.cluster.create({ data: { slug: "twice", name: "Twice", source: "demo" } });
    });
    await expect(twice).rejects.toMatchObject({ code: "P2002" });
    expect(await used.database.prisma.cluster.count({ where: { slug: "twice" } })).toBe(0);
  });

  it("gives other processes a source of their own", async () => {
    const pool = openPool(used.database.createSource());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => pool.query("SELECT $1::int AS n, pg_typeof($2::text) AS t", [n, "x".repeat(n * 5_000)])),
    );
    expect(answers.map((answer) => answer.rows[0].n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    await pool.end();
  });

  it.runIf(kind === "postgresql")(
    "has the server look after its connections: the transaction of a machine that is gone keeps others from starting",
    async () => {
      const settings = ["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout"];
      const shown = await Promise.all(settings.map((name) => used.database.pool.query<Record<string, string>>(`SHOW ${name}`)));
      expect(shown.flatMap(({ rows }) => rows.flatMap(Object.values))).toEqual(["30", "10", "3", "60000"]);
    },
  );

  it.runIf(kind === "postgresql")("waits two minutes for a database that says nothing, and no longer: a page would wait for ever", async () => {
    const setTimeout = vi.spyOn(Socket.prototype, "setTimeout");
    onTestFinished(() => setTimeout.mockRestore());
    const { pool, close } = await openDatabase(await used.createConfig(), { onLost });
    expect(setTimeout).not.toHaveBeenCalledWith(120_000, expect.any(Function)); // migrations take as long as they take
    await pool.query("SELECT 1");
    expect(setTimeout).toHaveBeenCalledWith(120_000, expect.any(Function));
    await close();
  });

  it.runIf(kind === "postgresql")("sets aside limits that a role has for other programs, and keeps no transaction that stands still", async () => {
    const url = new URL((await used.createConfig()).databaseUrl ?? "");
    const role = { statement_timeout: "9s", lock_timeout: "9s", idle_in_transaction_session_timeout: "9s", idle_session_timeout: "9s" };
    url.searchParams.set(
      "options",
      Object.entries(role)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(" "),
    );
    const pool = openPool({ kind: "postgresql", url: url.href, max: 1 });
    const shown = await Promise.all(Object.keys(role).map((name) => pool.query<Record<string, string>>(`SHOW ${name}`)));
    expect(shown.flatMap(({ rows }) => rows.flatMap(Object.values))).toEqual(["0", "0", "10min", "0"]);
    await pool.end();
  });

  it.runIf(kind === "pglite")("sets aside a limit of transactions, where the server has one as PostgreSQL has from 17 on", async () => {
    const source = used.database.createSource();
    if (source.kind !== "pglite") throw new Error("An embedded database is reached by its folder.");
    await used.database.pool.query("SET transaction_timeout TO '9s'");
    // As if it were served: it is of that version.
    const pool = openPool({ kind: "postgresql", url: `postgresql://postgres@/postgres?host=${source.folder}`, max: 1 });
    expect((await pool.query("SHOW transaction_timeout")).rows).toEqual([{ transaction_timeout: "0" }]);
    await pool.end();
  });

  it("keeps everything over a restart, and applies no migration twice", async () => {
    const config = await used.createConfig();
    for (const slug of ["first", "second"]) {
      const again = await openDatabase(config, { onLost });
      await saveCluster(again.prisma, { slug, name: slug, source: "demo" });
      await again.close();
    }
    const last = await openDatabase(config, { onLost });
    expect(await last.prisma.cluster.count()).toBe(2);
    await last.close();
  });

  it("refuses to open while Next builds pages", async () => {
    const config = { ...(await used.createConfig()), isBuilding: true };
    await expect(openDatabase(config, { onLost })).rejects.toThrow("A page asked for the database while it was built");
  });
});

describe("what people read when the database cannot be opened", () => {
  let directory: string;
  let postgres: TestDatabases;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-bad-"));
    postgres = await startDatabases("postgresql");
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await postgres.stop();
  });
  const messageOf = (values: Parameters<typeof testConfig>[0]) =>
    openDatabase(testConfig(values), { onLost }).then(
      () => "opened",
      (error: Error) => error.message,
    );
  const changeUrl = async (change: (url: URL) => void) => {
    const url = new URL((await postgres.createConfig()).databaseUrl ?? "");
    change(url);
    return url.href;
  };

  it("names the process that holds the data directory", async () => {
    const embedded = await startDatabases("pglite");
    const config = await embedded.createConfig();
    const first = await openDatabase(config, { onLost });
    expect(await messageOf(config)).toBe(
      `Process ${process.pid} already uses the data directory ${config.dataDir}. Stop that process, or set CONCENTRIC_DATA_DIR to another directory.`,
    );
    await first.close();
    await embedded.stop();
  });

  it("lets nobody else into the embedded database, whoever may enter the data directory, and says when it made it", async () => {
    const onNew = vi.fn();
    const dataDir = path.join(directory, "shared");
    const folder = path.join(dataDir, "postgres");
    mkdirSync(dataDir, { mode: 0o755 });
    for (const before of [null, 0o755]) {
      if (before !== null) chmodSync(folder, before);
      await (await openDatabase(testConfig({ dataDir }), { onLost, onNew })).close();
      expect(onNew).toHaveBeenCalledTimes(1);
      expect((statSync(folder).mode & 0o777).toString(8)).toBe("700");
    }
  });

  it("says that a data directory is a file", async () => {
    const file = path.join(directory, "file");
    writeFileSync(file, "");
    expect(await messageOf({ dataDir: file })).toBe(`The data directory ${file} is not a directory. Set CONCENTRIC_DATA_DIR to a directory.`);
  });

  it("says that there is too little memory where the system kills what makes a new database, and leaves nothing of it", async () => {
    const dataDir = path.join(directory, "little-memory");
    writeFileSync(path.join(directory, "pglite-worker.mjs"), 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);');
    expect(await messageOf({ dataDir, buildDir: directory })).toBe(
      `The data directory ${dataDir}/postgres cannot be opened, as there is too little memory for it. Give the machine or the container more and start again.`,
    );
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each([
    ["is not there", "none", "ENOENT"],
    ["has too long a path for a socket", "long".repeat(25), "its path is too long"],
  ])("blames no database for a folder of temporary files that %s", async (_, name, why) => {
    const folder = path.join(directory, name);
    if (name !== "none") mkdirSync(folder);
    vi.stubEnv("TMPDIR", folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await messageOf({ dataDir: path.join(directory, "kept") })).toBe(
      `The folder for temporary files, ${folder}, cannot be used (${why}): set TMPDIR to another that can be written.`,
    );
  });

  it("says that nothing answers at an address, and never shows the password", async () => {
    const message = await messageOf({ databaseUrl: "postgresql://someone:hidden@127.0.0.1:1/db" });
    expect(message).toBe("Nothing answers at 127.0.0.1:1: check DATABASE_URL and that the database runs.");
  });

  it("says so where nothing answers and DATABASE_URL names no host", async () => {
    vi.stubEnv("PGHOST", "127.0.0.1");
    vi.stubEnv("PGPORT", "1");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await messageOf({ databaseUrl: "postgresql:///db" })).toBe("Nothing answers at the given address: check DATABASE_URL and that the database runs.");
  });

  it("says that something else than a database answers", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const port = await new Promise<number>((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)));
    expect(await messageOf({ databaseUrl: `postgresql://a:b@127.0.0.1:${port}/db` })).toContain(`The database at 127.0.0.1:${port} cannot be used`);
    server.close();
  });

  it.for(["", ":"])("says that a password is asked for and none is named: user%s", async (colon, { skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    const { host, pathname } = new URL(await changeUrl(() => {}));
    expect(await messageOf({ databaseUrl: `postgresql://postgres${colon}@${host}${pathname}` })).toBe(
      `The database at ${host} asks for a password, and DATABASE_URL names none: add it behind the user, after a colon.`,
    );
  });

  it("tells a wrong password from a missing database", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    expect(await messageOf({ databaseUrl: await changeUrl((url) => void (url.password = "wrong")) })).toMatch(
      /^The database at 127\.0\.0\.1:\d+ refuses the user or password in DATABASE_URL\.$/,
    );
    expect(await messageOf({ databaseUrl: await changeUrl((url) => void (url.pathname = "/absent")) })).toMatch(
      /^The database named in DATABASE_URL does not exist at 127\.0\.0\.1:\d+: create it first\.$/,
    );
  });

  it("says that a database can only be read, as that of a standby server", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    expect(await messageOf({ databaseUrl: await changeUrl((url) => void url.searchParams.set("options", "-c default_transaction_read_only=on")) })).toMatch(
      /^The database at 127\.0\.0\.1:\d+ can only be read: name the primary server in DATABASE_URL or, where this is it, take default_transaction_read_only off\.$/,
    );
  });

  it("names what DATABASE_URL sets where the server does not know it, and does not call that too old", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    expect(await messageOf({ databaseUrl: await changeUrl((url) => void url.searchParams.set("options", "-c lock_time=5s")) })).toMatch(
      /^The database at 127\.0\.0\.1:\d+ does not know what DATABASE_URL sets \(unrecognized configuration parameter "lock_time"\): correct its options\.$/,
    );
  });

  it("finds its tables whatever schema comes first for the role, and says that there is no schema for them", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    const databaseUrl = await changeUrl((url) => url.searchParams.set("options", "-c search_path=own"));
    const { pool, prisma, close } = await openDatabase(testConfig({ databaseUrl }), { onLost });
    await pool.query("INSERT INTO cluster (slug, name, source) VALUES ('c', 'c', 'demo')");
    expect(await prisma.cluster.count()).toBe(1);
    await pool.query("DROP SCHEMA public CASCADE");
    await close();
    expect(await messageOf({ databaseUrl })).toMatch(
      /^The database at 127\.0\.0\.1:\d+ has no schema "public" that the user in DATABASE_URL may use: create it, and make that user its owner\.$/,
    );
  });

  it("says of a schema that somebody else made anew what its user lacks, though the database is theirs", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    const url = await changeUrl(() => {});
    const admin = openPool({ kind: "postgresql", url, max: 1 });
    onTestFinished(() => admin.end());
    const name = new URL(url).pathname.slice(1);
    await admin.query(`CREATE ROLE maker; ALTER DATABASE "${name}" OWNER TO maker; DROP SCHEMA public CASCADE; CREATE SCHEMA public`);
    const databaseUrl = `${url}?options=-c%20role%3Dmaker`;
    expect(await messageOf({ databaseUrl })).toMatch(
      /has no schema "public" that the user in DATABASE_URL may use: create it, and make that user its owner\.$/,
    );
    await admin.query("GRANT USAGE ON SCHEMA public TO maker");
    expect(await messageOf({ databaseUrl })).toMatch(
      /may not create tables and schemas at 127\.0\.0\.1:\d+: make it the owner of the database, of the schema "public" in it and, where it is there, of "jobs" with its tables\.$/,
    );
    await admin.query("ALTER SCHEMA public OWNER TO maker");
    await (await openDatabase(testConfig({ databaseUrl }), { onLost })).close();
  });

  it("says that a file of TLS is not where DATABASE_URL looks for it", async () => {
    const message = await messageOf({ databaseUrl: "postgresql://a:hidden@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/nowhere/ca.pem" });
    expect(message).toBe("The file /nowhere/ca.pem, which DATABASE_URL names, cannot be read: check its path, and who may read it.");
  });

  it("says that a database has no TLS where that was asked for", async ({ skip }) => {
    if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
    expect(await messageOf({ databaseUrl: await changeUrl((url) => url.searchParams.set("sslmode", "verify-full")) })).toMatch(
      /^The database at 127\.0\.0\.1:\d+ has no TLS: switch it on there, or take sslmode out of DATABASE_URL\.$/,
    );
  });

  it.for(["read committed", "repeatable read"])(
    "applies the migrations once when several processes start together, by default on %s",
    async (level, { skip }) => {
      if (!postgres.isAvailable) skip("PostgreSQL is not installed.");
      const options = `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`;
      const config = testConfig({ databaseUrl: await changeUrl((url) => url.searchParams.set("options", options)) });
      const opened = await Promise.all([1, 2, 3].map(() => openDatabase(config, { onLost })));
      const { rows } = (await opened[0]?.pool.query('SELECT count(*) AS n, count(DISTINCT migration_name) AS names FROM "_prisma_migrations"')) ?? { rows: [] };
      expect(rows[0].n).toBe(rows[0].names);
      for (const database of opened) await database.close();
    },
  );
});
