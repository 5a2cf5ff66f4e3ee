import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "./open-database";
import { startDatabases, type TestDatabases } from "./testing/test-databases";

/** For longer than the engine goes without a look at the lock. */
const A_WHILE_MS = 1_500;

function listFiles(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => path.join(parentPath, name)).map((file) => `${file} ${statSync(file).mtimeMs}`);
}

/** What was written is flushed by itself, a moment later. After that an engine that is asked for nothing leaves its files as they are. */
async function settle({ pool }: Database): Promise<void> {
  await pool.query("CREATE TABLE settled ()");
  const { rows } = await pool.query("SELECT pg_current_wal_insert_lsn() AS written");
  const isFlushed = async () => (await pool.query("SELECT redo_lsn >= $1::pg_lsn AS is FROM pg_control_checkpoint()", [rows[0].written])).rows[0].is;
  await expect.poll(isFlushed).toBe(true);
}

describe("an embedded database whose directory another process took while this one stood still", () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
  });
  afterAll(() => databases.stop());
  // The thread of the engine may wake before the one that gives signs of life.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  const acts: readonly [string, (database: Database) => Promise<unknown>][] = [
    ["stores nothing more", ({ pool }) => pool.query("INSERT INTO cluster (slug, name, source) VALUES ('late', 'Late', 'demo')")],
    ["ends without a last word", (database) => database.close()],
  ];
  it.each(acts)("%s, and says why", async (_, act) => {
    const config = await databases.createConfig();
    const onLost = vi.fn();
    const database = await openDatabase(config, { onLost });
    await settle(database);
    writeFileSync(path.join(config.dataDir, "concentric.lock"), "1:1:another home\n");
    await wait(A_WHILE_MS);
    const before = listFiles(path.join(config.dataDir, "postgres"));
    const failure = await act(database).then(
      () => "",
      (error: Error) => error.message,
    );
    // Whoever asked hears that the engine stopped, maybe before its owner hears why.
    const said = () => [failure, ...onLost.mock.calls.map(([error]) => error.message)].join(" ");
    await expect.poll(said).toContain(`Another process has taken the data directory ${config.dataDir} while this one stood still`);
    expect(listFiles(path.join(config.dataDir, "postgres"))).toEqual(before);
    await database.close().catch(() => undefined);
  });
});
