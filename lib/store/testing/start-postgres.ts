import { type ChildProcess, spawn, spawnSync } from "node:child_process";
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
const SETTINGS = ["fsync=off", "max_connections=60", "shared_buffers=64MB", "timezone=Asia/Kolkata", "datestyle=SQL,DMY"];

/** Long only on a machine that is busy with something else. */
const LIMIT_MS = 100_000;
const STARTS = 5;

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
  const { port, version, server } = await startServer(path.join(binaries, "postgres"), directory, data);
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  const urlOf = (database: string) => toUrl(port, database);
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

const toUrl = (port: number, database: string) => `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;

interface StartedServer {
  readonly server: ChildProcess;
  readonly port: number;
  readonly version: string;
}

/** At a port that was free a moment ago: where somebody took it meanwhile, PostgreSQL ends, and begins at another. */
async function startServer(program: string, directory: string, data: string): Promise<StartedServer> {
  const deadline = Date.now() + LIMIT_MS;
  for (let left = STARTS; left > 0; left -= 1) {
    const port = await findFreePort();
    const places = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", directory];
    const server = spawn(...asOrdinaryUser(program, [...places, ...SETTINGS.flatMap((setting) => ["-c", setting])]), { cwd: directory, stdio: "ignore" });
    const kill = () => server.kill("SIGQUIT");
    process.once("exit", kill);
    const version = await waitUntilReady(port, data, () => server.exitCode !== null || Date.now() > deadline);
    process.off("exit", kill);
    if (version !== null) return { server, port, version };
    if (server.exitCode !== null) continue;
    kill();
    break;
  }
  throw new Error(`PostgreSQL did not start within ${LIMIT_MS / 1_000} seconds, or ended ${STARTS} times.`);
}

/** Null = it is in vain. Whoever has the port instead may be a PostgreSQL, too, of another test. */
async function waitUntilReady(port: number, data: string, isInVain: () => boolean): Promise<string | null> {
  while (!isInVain()) {
    const client = new pg.Client({ connectionString: toUrl(port, "postgres") });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string; data: string }>(
        "SELECT current_setting('server_version') AS version, current_setting('data_directory') AS data",
      );
      if (rows[0]?.data === data) return rows[0].version;
    } catch {
      // It is not there yet.
    } finally {
      await client.end().catch(() => {});
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
