import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { findFreePort } from "../../../e2e/control-plane/free-port";
import { ensurePostgres } from "../../../scripts/test-tools.mjs";

export interface TestPostgres {
  readonly version: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const PASSWORD = "only-for-tests";

/** PostgreSQL refuses to run as root: root becomes the user that Debian's package made. */
function asOrdinaryUser(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]];
  return ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", command, ...args]];
}

function giveAway(target: string): void {
  if (process.getuid?.() !== 0) return;
  const [, uid = "0", gid = "0"] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
  chownSync(target, Number(uid), Number(gid));
}

/** A PostgreSQL server of our own in a temporary directory; null = there is none on this machine. */
export async function startPostgres(): Promise<TestPostgres | null> {
  const binaries = ensurePostgres();
  if (binaries === null) {
    console.warn("PostgreSQL is not installed (apt-get install postgresql): the store is tested on PGlite only.");
    return null;
  }
  const directory = mkdtempSync(path.join(os.tmpdir(), "concentric-postgres-"));
  const passwordFile = path.join(directory, "password");
  writeFileSync(passwordFile, PASSWORD);
  for (const target of [directory, passwordFile]) giveAway(target);
  const data = path.join(directory, "data");
  const initdb = spawnSync(
    ...asOrdinaryUser(path.join(binaries, "initdb"), [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
      "--no-sync",
      // The machine's language decides nothing, and the databases that people have sort by a language: this one puts "aa" behind "z".
      "--locale=C",
      "--locale-provider=icu",
      "--icu-locale=da-DK",
    ]),
    {
      encoding: "utf8",
      cwd: directory,
    },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`);
  const port = await findFreePort();
  const options = [
    "-D",
    data,
    "-p",
    String(port),
    "-h",
    "127.0.0.1",
    "-k",
    directory,
    "-c",
    "fsync=off",
    "-c",
    "max_connections=60",
    "-c",
    "shared_buffers=64MB",
    "-c",
    "timezone=Asia/Kolkata",
    "-c",
    "datestyle=SQL,DMY",
  ];
  const server = spawn(...asOrdinaryUser(path.join(binaries, "postgres"), options), { cwd: directory, stdio: "ignore" });
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  const urlOf = (database: string) => `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const version = await waitUntilReady(urlOf("postgres"), () => server.exitCode !== null);
  let count = 0;
  return {
    version,
    async createDatabase() {
      count += 1;
      const client = new pg.Client({ connectionString: urlOf("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE concentric_${count}`);
      await client.end();
      return urlOf(`concentric_${count}`);
    },
    async stop() {
      process.off("exit", kill);
      const ended = new Promise((resolve) => server.once("exit", resolve));
      kill();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<string> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline && !hasEnded(); ) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
      return rows[0]?.server_version ?? "";
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error("PostgreSQL did not start within 30 seconds.");
}
