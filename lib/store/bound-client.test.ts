import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "./open-database";
import { testConfig } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const used = withDatabase("postgresql");

async function tryWith(values: Readonly<Record<string, string>>): Promise<string> {
  const url = new URL((await used.createConfig()).databaseUrl ?? "");
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  const opening = openDatabase(testConfig({ databaseUrl: url.href }), { onLost: (error) => expect.fail(error.message) });
  return opening.then(
    async (database) => {
      const { rows } = await database.pool.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      await database.close();
      return rows[0].ssl ? "opened with TLS" : "opened";
    },
    (error: Error) => error.message,
  );
}

const REFUSED =
  /^The database at 127\.0\.0\.1:\d+ offers no channel binding, which DATABASE_URL requires: ask for TLS with sslmode, switch it and scram-sha-256 on there,/;

it("lets nobody in who offers no channel binding where that is required", async () => {
  expect(await tryWith({ channel_binding: "prefer" })).toBe("opened");
  expect(await tryWith({ channel_binding: "require" })).toMatch(REFUSED);
});

it("opens a database that proves who it is within the connection, and none that asks for a password otherwise, or for none", async ({ skip }) => {
  if (spawnSync("openssl", ["version"]).status !== 0) skip("openssl is not installed.");
  const { pool } = used.database;
  const folder = mkdtempSync(path.join(os.tmpdir(), "concentric-bound-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=db -addext subjectAltName=IP:127.0.0.1 -keyout server.key -out server.crt 2>&1";
  await pool.query(`COPY (SELECT 1) TO PROGRAM '${make} && chmod 600 server.key'`);
  const authority = path.join(folder, "authority.crt");
  writeFileSync(authority, (await pool.query("SELECT pg_read_file('server.crt') AS text")).rows[0].text);
  await pool.query("ALTER SYSTEM SET ssl = on");
  await pool.query("SELECT pg_reload_conf()");
  const bound = { sslmode: "verify-full", sslrootcert: authority, channel_binding: "require" };
  await expect.poll(() => tryWith(bound)).toBe("opened with TLS");
  expect(await tryWith({ channel_binding: "require" })).toMatch(REFUSED); // nobody asked for TLS
  for (const method of ["password", "trust"]) {
    const rules = `SELECT 'hostssl all all 127.0.0.1/32 ${method}' UNION ALL SELECT 'hostnossl all all 127.0.0.1/32 scram-sha-256'`;
    await pool.query(`COPY (${rules}) TO PROGRAM 'cat > pg_hba.conf'`);
    await pool.query("SELECT pg_reload_conf()");
    await expect.poll(() => tryWith(bound)).toMatch(REFUSED);
    expect(await tryWith({ ...bound, channel_binding: "prefer" })).toBe("opened with TLS");
  }
});
