import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { saveCluster } from "./clusters";
import { evidenceOf } from "./evidence-of";
import { type Database, openDatabase } from "./open-database";
import { startDatabases, testConfig, type TestDatabases } from "./testing/test-databases";

const ROUNDS = 3;

/** Rows of a snapshot that does not exist, which the last transaction must never leave behind. */
async function countOrphans(database: Database, seq: number): Promise<number> {
  const { rows } = await database.pool.query(
    `SELECT (SELECT count(*) FROM resource WHERE first_seq > $1 OR gone_seq > $1) + (SELECT count(*) FROM resource_version WHERE from_seq > $1 OR to_seq > $1)
       + (SELECT count(*) FROM finding WHERE first_seq > $1) + (SELECT count(*) FROM finding_span WHERE opened_seq > $1 OR closed_seq > $1)
       + (SELECT count(*) FROM finding_span s WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.id = s.finding_id) OR ${evidenceOf("s")} IS NULL)
       + (SELECT count(*) FROM stale_period WHERE to_seq > $1) + (SELECT count(*) FROM tally_pause WHERE to_seq > $1)
       + (SELECT count(*) FROM span_again WHERE from_seq > $1 OR to_seq > $1)
       + (SELECT count(*) FROM evidence e WHERE NOT EXISTS (SELECT 1 FROM finding_span s WHERE s.digest = e.digest)) AS n`,
    [seq],
  );
  return rows[0].n;
}

/** The last snapshot that the child announced before it was killed in the middle of a later one. */
function killInTheMiddle(child: ChildProcess, afterSnapshots: number, delayMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let announced = 0;
    let count = 0;
    child.once("error", reject);
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      announced = Number(line);
      count += 1;
      if (count === afterSnapshots) setTimeout(() => child.kill("SIGKILL"), delayMs);
    });
    child.once("exit", () => resolve(announced));
  });
}

describe("a process that is killed while it stores snapshots", () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
    await bundle({ "test-commit-forever": "lib/store/testing/commit-forever.ts" });
  });
  afterAll(() => databases.stop());

  it("leaves whole snapshots, no orphan row and nothing among the temporary files, every time", async () => {
    const config = await databases.createConfig();
    const open = () => openDatabase(config, { onLost: (error) => expect.fail(error.message) });
    const first = await open();
    const cluster = await saveCluster(first.prisma, { slug: "killed", name: "Killed", source: "demo" });
    await first.close();
    const script = path.resolve(import.meta.dirname, "../../.build/test-commit-forever.mjs");
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = spawn(process.execPath, [script, JSON.stringify(config), String(cluster.id)], { stdio: ["ignore", "pipe", "inherit"] });
      const announced = await killInTheMiddle(child, 2, 40 + 60 * round);
      const socketFolder = readFileSync(path.join(config.dataDir, "postgres.socket"), "utf8");
      expect(existsSync(socketFolder)).toBe(true);
      const database = await open();
      expect(existsSync(socketFolder)).toBe(false);
      const { rows } = await database.pool.query("SELECT coalesce(max(seq), 0) AS seq, count(*) AS n FROM snapshot");
      expect(announced).toBeGreaterThan(1);
      expect(rows[0].seq).toBeGreaterThanOrEqual(announced);
      expect(rows[0].n).toBe(rows[0].seq);
      expect(await countOrphans(database, rows[0].seq)).toBe(0);
      await database.close();
    }
  });

  it("takes the program along that makes a new database, and the next one makes it whole", async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), "concentric-data-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const config = testConfig({ dataDir });
    const script = path.resolve(import.meta.dirname, "../../.build/test-commit-forever.mjs");
    const child = spawn(process.execPath, [script, JSON.stringify(config), "1"], { stdio: "ignore" });
    const making = path.join(dataDir, "postgres.making");
    const findMakers = () =>
      execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })
        .split("\n")
        .filter((line) => line.includes(making));
    await expect.poll(findMakers, { timeout: 120_000 }).toHaveLength(1);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    await (await openDatabase(config, { onLost: (error) => expect.fail(error.message) })).close();
    await expect.poll(findMakers, { timeout: 120_000 }).toEqual([]);
  }, 600_000);
});
