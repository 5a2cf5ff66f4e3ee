import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases, type TestDatabases } from "./testing/test-databases";

/** As a program of its own, so that its memory is the engine's: opens a data directory, evaluates expressions for seconds, and tells the most it held. */
const PROGRAM = `
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import pg from "pg";
const [script, dataDir, folder] = process.argv.slice(1);
const worker = new Worker(script, { execArgv: [], workerData: { dataDir, lock: { file: dataDir + ".lock", content: "" }, socket: folder + "/.s.PGSQL.5432" } });
await once(worker, "message");
const client = new pg.Client({ host: folder, user: "postgres", database: "postgres" });
await client.connect();
const endMs = Date.now() + 6_000;
while (Date.now() < endMs) await client.query("SELECT count(*) FROM generate_series(1, 200000) AS n WHERE n * 3 % 7 > 2 AND length(n::text || 'x') < 9 GROUP BY n % 5");
console.log(/^VmHWM:\\s+(\\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
process.exit();
`;
const LIMIT_MIB = 400;

describe.skipIf(process.platform !== "linux")("the embedded engine", () => {
  let databases: TestDatabases;
  const folder = mkdtempSync(path.join(os.tmpdir(), "concentric-engine-"));
  beforeAll(async () => {
    databases = await startDatabases("pglite");
  });
  afterAll(async () => {
    await databases.stop();
    rmSync(folder, { recursive: true });
  });

  it("does not take the memory that optimising one huge function of it costs", async () => {
    const { dataDir, buildDir } = await databases.createConfig();
    cpSync(path.join(dataDir, "postgres"), path.join(folder, "data"), { recursive: true });
    const args = ["--input-type=module", "-e", PROGRAM, path.join(buildDir, "pglite-worker.mjs"), path.join(folder, "data"), folder];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    expect(Number(stdout) / 1024).toBeLessThan(LIMIT_MIB);
  });
});
