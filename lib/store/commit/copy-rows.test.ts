import { fc } from "../../model/testing-properties";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../open-database";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "../testing/test-databases";
import { type Cell, type CopyTarget, copyRows, encodeRows } from "./copy-rows";
import { withoutNul } from "./to-rows-json";

const TARGET: CopyTarget = {
  table: "copied",
  columns: { id: "int8", seq: "int4", name: "text", evidence: "json", digest: "hex", body: "bytes" },
};

describe.each(DATABASE_KINDS)("copyRows on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  let client: PoolClient;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (!databases.isAvailable) return;
    database = await databases.open();
    client = await database.pool.connect();
    await client.query("CREATE TABLE copied (id bigint PRIMARY KEY, seq int, name text, evidence jsonb, digest bytea, body bytea)");
  });
  afterAll(async () => {
    client?.release();
    await databases.stop();
  });
  beforeEach(async ({ skip }) => {
    if (databases.isAvailable) await client.query("TRUNCATE copied");
    else skip("PostgreSQL is not installed.");
  });

  const copy = (rows: readonly (readonly Cell[])[]) => copyRows(client, TARGET, encodeRows(TARGET, rows));
  const read = async () =>
    (await client.query({ text: "SELECT id, seq, name, evidence, encode(digest, 'hex'), body FROM copied ORDER BY id", rowMode: "array" })).rows;

  it("gives back what it was given, with a replacement for what PostgreSQL takes in no text", async () => {
    const kept = (value: string) => value.toWellFormed().replaceAll("\0", "\u{FFFD}");
    const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code)); // NUL and lone surrogates among them
    const row = fc.tuple(
      fc.option(fc.integer()),
      fc.option(fc.string({ unit })),
      fc.option(fc.string({ unit })),
      fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("hex"))),
      fc.option(fc.uint8Array({ maxLength: 200 })),
    );
    const ids = fc.uniqueArray(fc.maxSafeInteger(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(ids, fc.array(row, { minLength: 30, maxLength: 30 }), async (unordered, cells) => {
        await client.query("TRUNCATE copied");
        const rows = unordered.sort((a, b) => a - b).map((id, at) => [id, ...(cells[at] ?? [])] as const);
        const sent = rows.map(([id, seq, name, note, digest, body]) => [
          id,
          seq,
          name,
          note === null ? null : withoutNul(JSON.stringify([note])),
          digest,
          body,
        ]);
        expect(await copy(sent as Cell[][])).toBe(rows.length);
        const expected = rows.map(([id, seq, name, note, digest, body]) => [
          id,
          seq,
          typeof name === "string" ? kept(name) : null,
          typeof note === "string" ? [kept(note)] : null,
          digest,
          body === null ? null : Buffer.from(body as Uint8Array),
        ]);
        expect(await read()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("takes pages of megabytes", async () => {
    const body = new Uint8Array(300_000).fill(7);
    const rows = Array.from({ length: 12 }, (_, id) => [id, 1, "x".repeat(1_000), null, null, body]);
    expect(await copy(rows)).toBe(12);
    expect((await client.query("SELECT sum(length(body))::int AS n FROM copied")).rows).toEqual([{ n: 3_600_000 }]);
  });

  it("refuses a row that is there already, writes none of the page, and leaves the connection usable", async () => {
    await copy([[1, 1, "first", null, null, null]]);
    const page = [2, 1].map((id) => [id, 1, "second", null, null, null]);
    await expect(copy(page)).rejects.toMatchObject({ code: "23505" });
    expect((await read()).map((row) => row[2])).toEqual(["first"]);
  });

  it("leaves the connection usable when the table is not there", async () => {
    const missing = { ...TARGET, table: "nowhere" };
    await expect(copyRows(client, missing, encodeRows(missing, [[1, 1, "a", null, null, null]]))).rejects.toMatchObject({ code: "42P01" });
    expect(await copy([[1, 1, "a", null, null, null]])).toBe(1);
  });

  it("runs what comes before and after in the same transaction", async () => {
    await client.query("BEGIN");
    await copyRows(client, TARGET, encodeRows(TARGET, [[1, 1, "a", null, null, null]]), { before: "SAVEPOINT page; ", after: "; RELEASE SAVEPOINT page" });
    await expect(client.query("ROLLBACK TO SAVEPOINT page")).rejects.toMatchObject({ code: "3B001" });
    await client.query("ROLLBACK");
    expect(await read()).toEqual([]);
  });
});
