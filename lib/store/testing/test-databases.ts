import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { bundle } from "../../../scripts/bundle.mjs";
import { forgetHeld } from "../as-of/held-by";
import { type Database, type DatabaseConfig, openDatabase } from "../open-database";
import { startPostgres, type TestPostgres } from "./start-postgres";

export const DATABASE_KINDS = ["pglite", "postgresql"] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

const HOME = path.resolve(import.meta.dirname, "../../..");
const MIGRATIONS = path.join(HOME, "prisma/migrations");

function fail(error: Error): void {
  throw error;
}

export function testConfig(values: Partial<DatabaseConfig>): DatabaseConfig {
  return {
    databaseUrl: null,
    databasePoolMax: 8,
    dataDir: "/nowhere",
    buildDir: path.join(HOME, ".build"),
    migrationsDir: MIGRATIONS,
    isBuilding: false,
    ...values,
  };
}

/** Bundles the worker again when its sources are newer. */
async function ensureWorker(): Promise<void> {
  const output = path.join(HOME, ".build/pglite-worker.mjs");
  const sources = [
    path.join(HOME, "lib/store/pglite-worker.ts"),
    ...readdirSync(path.join(HOME, "lib/store/pglite")).map((name) => path.join(HOME, "lib/store/pglite", name)),
  ];
  const builtMs = existsSync(output) ? statSync(output).mtimeMs : 0;
  if (sources.some((source) => statSync(source).mtimeMs > builtMs)) await bundle({ "pglite-worker": "lib/store/pglite-worker.ts" });
}

/** A migrated data directory to copy from: made once per schema, kept beside the bundles. */
async function ensureTemplate(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS).sort()) if (!name.endsWith(".toml")) hash.update(readFileSync(path.join(MIGRATIONS, name, "migration.sql")));
  hash.update(readFileSync(path.join(HOME, "package-lock.json"), "utf8").match(/"node_modules\/@electric-sql\/pglite": \{[^}]*/)?.[0] ?? "");
  const template = path.join(HOME, ".build", `database-template-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(template)) return template;
  const making = mkdtempSync(path.join(HOME, ".build", "database-draft-"));
  const database = await openDatabase(testConfig({ dataDir: making }), { onLost: fail });
  await database.close();
  try {
    renameSync(making, template);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
  return template;
}

interface Opened {
  readonly database: Database;
  readonly dataDir: string;
}

/** Set where the files of a thread share what they import, with a temporary folder of their own that is taken away after the last. */
const handsOn = process.env.CONCENTRIC_HAND_ON_DATABASES === "1";
/** Databases that a file is done with, for those after it: to start an engine and to end it, or to make every table, takes longer than most tests. */
const spare: Record<DatabaseKind, Opened[]> = { pglite: [], postgresql: [] };
/** And the PostgreSQL of the thread. */
let kept: TestPostgres | null = null;

/** As a new one: nothing is in it, numbers begin at 1 again, and nothing is kept of it. False = it was closed, or belongs to a newer version by now. */
async function empty({ pool, requireCurrent }: Database): Promise<boolean> {
  try {
    await requireCurrent();
    const { rows } = await pool.query<{ tables: string }>(
      "SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
    );
    await pool.query(`TRUNCATE ${rows[0]?.tables} RESTART IDENTITY`);
  } catch {
    return false;
  }
  forgetHeld(pool);
  return true;
}

export interface TestDatabases {
  /** False = PostgreSQL is not on this machine. */
  readonly isAvailable: boolean;
  /** A new, empty, migrated database. */
  open(): Promise<Database>;
  /** Its configuration, to open it once more after a close. */
  createConfig(): Promise<DatabaseConfig>;
  stop(): Promise<void>;
}

/** Databases of one kind for one test file. */
export async function startDatabases(kind: DatabaseKind): Promise<TestDatabases> {
  const directories = new Set<string>();
  const opened: Opened[] = [];
  let postgres: TestPostgres | null = null;
  let template: string | null = null;
  await ensureWorker();
  if (kind === "postgresql") {
    postgres = kept ?? (await startPostgres());
    if (handsOn) kept = postgres;
  } else template = await ensureTemplate();
  const createConfig = async (): Promise<DatabaseConfig> => {
    if (postgres !== null) return testConfig({ databaseUrl: await postgres.createDatabase() });
    const dataDir = mkdtempSync(path.join(os.tmpdir(), "concentric-data-"));
    directories.add(dataDir);
    if (template !== null) cpSync(template, dataDir, { recursive: true });
    return testConfig({ dataDir });
  };
  const openNew = async (): Promise<Opened> => {
    const config = await createConfig();
    return { database: await openDatabase(config, { onLost: fail }), dataDir: config.dataDir };
  };
  return {
    isAvailable: kind === "pglite" || postgres !== null,
    createConfig,
    async open() {
      const handed = spare[kind].pop();
      if (handed && kind === "pglite") directories.add(handed.dataDir);
      const one = handed ?? (await openNew());
      opened.push(one);
      return one.database;
    },
    async stop() {
      for (const one of opened) {
        if (handsOn && (await empty(one.database))) {
          spare[kind].push(one);
          directories.delete(one.dataDir);
        } else await one.database.close().catch(() => {});
      }
      for (const directory of directories) rmSync(directory, { recursive: true, force: true });
      if (!handsOn) await postgres?.stop();
    },
  };
}
