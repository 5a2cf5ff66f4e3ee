import { expect, it } from "vitest";
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
])("does not advise to restore a backup where no more files can be opened: %s", (code, sentence) => {
  expect(toDirectoryError(Object.assign(new Error("too many open files"), { code }), "/data").message).toBe(sentence);
});
