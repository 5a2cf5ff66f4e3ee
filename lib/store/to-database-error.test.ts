import { expect, it, vi } from "vitest";
import { withDatabase } from "./testing/with-database";
import { openDatabase } from "./open-database";
import { isDatabaseLost, toDirectoryError, toServerError, whyRefused } from "./to-database-error";

const used = withDatabase("postgresql");

it("knows that the database is lost by what a connection says that broke, at once and when it is used again", async () => {
  const client = await used.database.pool.connect();
  const broken = new Promise<void>((resolve) => client.once("end", resolve));
  const atOnce = await client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch((error: unknown) => error);
  await broken;
  const again = await client.query("SELECT 1").catch((error: unknown) => error);
  client.release(true);
  // What a process reads that stood still in a transaction, when it goes on.
  const stoodStill = Object.assign(new Error("terminating connection due to idle-in-transaction timeout"), { code: "25P03" });
  expect([atOnce, again, stoodStill].map(isDatabaseLost)).toEqual([true, true, true]);
});

it("knows a database that can only be read now from one that is lost, by plain statements and by Prisma", async () => {
  const { pool, prisma } = used.database;
  const client = await pool.connect();
  await client.query("BEGIN READ ONLY");
  const plain = await client.query("INSERT INTO catalogue (version, controls) VALUES ('1', '[]')").catch((error: unknown) => error);
  await client.query("ROLLBACK");
  client.release();
  const wrapped = await prisma
    .$transaction(async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      await tx.cluster.create({ data: { slug: "unwritten", name: "Unwritten", source: "demo" } });
    })
    .catch((error: unknown) => error);
  expect([plain, wrapped].map(whyRefused)).toEqual([expect.stringMatching(/can only be read now/), expect.stringMatching(/can only be read now/)]);
  expect([plain, wrapped].map(isDatabaseLost)).toEqual([false, false]);
});

it("says that an encoding does not hold a text", async () => {
  const error = await used.database.pool.query("SELECT convert_to('カ', 'LATIN1')").catch((cause: unknown) => cause);
  expect(whyRefused(error)).toBe("The encoding of the database does not hold this text: move it to one with the encoding UTF8, by pg_dump.");
});

it("knows a database that has no connection free from one that is lost, by plain statements and by Prisma", async () => {
  const config = await used.createConfig();
  const url = new URL(config.databaseUrl ?? "");
  await used.database.pool.query(`CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 1; ALTER DATABASE ${url.pathname.slice(1)} OWNER TO few`);
  Object.assign(url, { username: "few", password: "few" });
  const { pool, prisma, close } = await openDatabase({ ...config, databaseUrl: url.href }, { onLost: () => {} });
  const only = await pool.connect();
  const refused = [await pool.query("SELECT 1").catch((error: unknown) => error), await prisma.cluster.count().catch((error: unknown) => error)];
  only.release();
  await close();
  expect(refused.map(whyRefused)).toEqual([expect.stringMatching(/no connection free/), expect.stringMatching(/no connection free/)]);
  expect(refused.map(isDatabaseLost)).toEqual([false, false]);
});

it("says what was changed of a database that refuses every new connection, by plain statements and by Prisma", async () => {
  const config = await used.createConfig();
  const url = new URL(config.databaseUrl ?? "");
  const name = url.pathname.slice(1);
  const { pool: admin } = used.database;
  await admin.query(`CREATE ROLE guest LOGIN PASSWORD 'old'; ALTER DATABASE ${name} OWNER TO guest`);
  Object.assign(url, { username: "guest", password: "old" });
  const { pool, prisma, close } = await openDatabase({ ...config, databaseUrl: url.href }, { onLost: () => {} });
  const whyAfter = async (change: string, back: string) => {
    const connections = "FROM pg_stat_activity WHERE usename = 'guest'";
    await admin.query(`SELECT pg_terminate_backend(pid) ${connections}`);
    await vi.waitUntil(async () => pool.totalCount === 0 && (await admin.query(`SELECT 1 ${connections}`)).rowCount === 0, 100_000);
    await admin.query(change);
    const errors = [await pool.query("SELECT 1").catch((error: unknown) => error), await prisma.cluster.count().catch((error: unknown) => error)];
    await admin.query(back);
    return new Set(errors.map(whyRefused));
  };
  const user = "The database refuses the user or password in DATABASE_URL now: let them in again, or correct DATABASE_URL and start Concentric again.";
  expect(await whyAfter("ALTER ROLE guest PASSWORD 'new'", "ALTER ROLE guest PASSWORD 'old'")).toEqual(new Set([user]));
  expect(await whyAfter("ALTER ROLE guest NOLOGIN", "ALTER ROLE guest LOGIN")).toEqual(new Set([user]));
  expect(await whyAfter(`ALTER DATABASE ${name} RENAME TO moved`, `ALTER DATABASE moved RENAME TO ${name}`)).toEqual(
    new Set(["The database named in DATABASE_URL is not there any more: put it back, or correct DATABASE_URL and start Concentric again."]),
  );
  expect(await prisma.cluster.count()).toBe(0);
  await close();
});

it("says what was changed of a database whose certificate is refused from now on", () => {
  const codes = ["CERT_HAS_EXPIRED", "SELF_SIGNED_CERT_IN_CHAIN", "P1011"];
  expect(new Set(codes.map((code) => whyRefused(Object.assign(new Error("refused"), { code }))))).toEqual(
    new Set(["No secure connection to the database can be made any more: renew its certificate, or correct DATABASE_URL and start Concentric again."]),
  );
});

it("says of a server that does not know what every connection sets that it is too old, not that it does not answer", async () => {
  const error = await used.database.pool.query("SET later_session_timeout TO 0").catch((cause: unknown) => cause);
  expect(toServerError(error, "postgresql://a:hidden@db.example:5432/x").message).toBe(
    "The database at db.example:5432 is no PostgreSQL, or too old: name one of version 15 or newer in DATABASE_URL.",
  );
});

it("says with whose certificate no secure connection comes about", () => {
  const error = Object.assign(new Error("alert"), { code: "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA" });
  expect(toServerError(error, "postgresql://a:hidden@db.example:5432/x").message).toBe(
    "No secure connection to the database at db.example:5432 can be made (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA): check the files that DATABASE_URL names with sslrootcert, sslcert and sslkey.",
  );
});

it("passes on what the server says of a user whom it does not let in, as that it takes none without TLS", () => {
  const error = Object.assign(new Error('no pg_hba.conf entry for host "10.0.0.1", user "a", database "x", no encryption'), { code: "28000" });
  expect(toServerError(error, "postgresql://a:hidden@db.example/x").message).toBe(
    'The database at db.example does not let this user in (no pg_hba.conf entry for host "10.0.0.1", user "a", database "x", no encryption): check the user and sslmode in DATABASE_URL, and pg_hba.conf.',
  );
});

it("passes on what a pooler says, which has one code for all that it refuses", () => {
  const error = Object.assign(new Error("unsupported startup parameter: options"), { code: "08P01" });
  expect(toServerError(error, "postgresql://a:hidden@db.example/x").message).toBe(
    "The database at db.example, or a pooler in front of it, refuses the connection (unsupported startup parameter: options): correct DATABASE_URL, or the settings there.",
  );
});

it("names the socket that an address leads to", () => {
  const error = Object.assign(new Error("connect ENOENT"), { code: "ECONNREFUSED" });
  expect(toServerError(error, "postgresql://a:hidden@/x?host=/run/postgresql").message).toMatch(/^Nothing answers at \/run\/postgresql: /);
});

it.each([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /signed by an authority that is not known here: name the file of that authority with sslrootcert in DATABASE_URL\.$/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /with sslrootcert in DATABASE_URL\.$/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /is for other names/],
  ["CERT_HAS_EXPIRED", /has expired: renew it\.$/],
])("says what is wrong with a certificate: %s", (code, sentence) => {
  const { message } = toServerError(Object.assign(new Error("refused"), { code }), "postgresql://a:hidden@db.example:5432/x");
  expect(message).toMatch(sentence);
  expect(message).toMatch(/^The certificate of the database at db\.example:5432 /);
});

it.each([
  ["EMFILE", "The data directory /data cannot be opened, as this process may open no more files. Raise that limit (ulimit -n) and start again."],
  ["ENFILE", "The data directory /data cannot be opened, as this machine may open no more files. Raise that limit (fs.file-max) and start again."],
  ["ENOMEM", "The data directory /data cannot be opened, as there is too little memory for it. Give the machine or the container more and start again."],
])("does not advise to restore a backup where the machine or this process is at its limits: %s", (code, sentence) => {
  expect(toDirectoryError(Object.assign(new Error("refused"), { code }), "/data").message).toBe(sentence);
});

it("knows a database that gets no memory by what the engine says", () => {
  const { message } = toDirectoryError(new RangeError("WebAssembly.Memory(): could not allocate memory"), "/data");
  expect(message).toMatch(/^The data directory \/data cannot be opened, as there is too little memory for it\./);
});
