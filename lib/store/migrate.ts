import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { inTransaction } from "./in-transaction";
import { isLockTaken, toMigrationError, toOwnerError } from "./to-database-error";

/** Any constant: all our processes take the same advisory lock while they migrate, and share it while they store a snapshot. */
const LOCK_KEY = 4_304_020_419;
/** Waits for a migration that is being applied, and keeps others from beginning before the transaction ends. */
export const HOLD_SCHEMA = `SELECT pg_advisory_xact_lock_shared(${LOCK_KEY})`;
/** SQL: the migration that was applied last; their names begin with their time. */
export const SCHEMA = 'SELECT max(migration_name) FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL';

/** How long one attempt waits for what another session holds: whoever asks for a table meanwhile, be it to read, waits behind it. */
const LOCK_WAIT_MS = 15_000;
/** In which those get through who waited behind an attempt. */
const PAUSE_MS = 1_000;

/** The table of Prisma's own migrator, so that its tools accept what this one did. */
const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw new AppError("internal", `The migrations in ${directory} cannot be read.`, { cause: error });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  await client.query(migration.sql).catch((cause: unknown) => {
    throw toMigrationError(cause, migration.name);
  });
  await client.query(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`, [
    randomUUID(),
    migration.checksum,
    migration.name,
  ]);
}

/** Throws conflict when a migration was applied that is not among `known`. */
async function listApplied(pool: Pick<Pool, "query">, known: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const newer = rows.find(({ name }) => !known.has(name));
  if (newer && !rows.some(({ name }) => known.has(name)))
    throw new AppError("conflict", `The database belongs to another program (its migration ${newer.name}): name an empty one in DATABASE_URL.`);
  if (newer) throw new AppError("conflict", `The database belongs to a newer version of Concentric (migration ${newer.name}): start that version.`);
  return new Set(rows.map(({ name }) => name));
}

/** Throws unavailable. One without an encoding (SQL_ASCII) holds every text as it comes. */
async function requireUnicode(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding");
  const encoding = rows[0]?.encoding ?? "UTF8";
  if (encoding !== "UTF8" && encoding !== "SQL_ASCII")
    throw new AppError(
      "unavailable",
      `The database named in DATABASE_URL has the encoding ${encoding}, which does not hold every text: create it anew with createdb -E UTF8 -l C -T template0.`,
    );
}

interface Waiting {
  /** Another session (a backup, a transaction that was left open, another server, which starts or stores a scan) holds what is to be changed; told once for each attempt. */
  readonly onWait?: (() => void) | undefined;
  readonly lockWaitMs?: number;
}

/**
 * Brings the database to the current schema; safe when several processes start at once. Returns a check for what writes later: it throws conflict once a
 * newer version has changed the schema.
 */
export async function migrate(pool: Pool, migrationsDir: string, { onWait, lockWaitMs = LOCK_WAIT_MS }: Waiting = {}): Promise<(pool: Pool) => Promise<void>> {
  const migrations = await readMigrations(migrationsDir);
  const known = new Set(migrations.map((migration) => migration.name));
  while (!(await applyAll(pool, migrations, { known, lockWaitMs }))) {
    onWait?.();
    await wait(PAUSE_MS);
  }
  return async (later) => void (await listApplied(later, known));
}

/** False = another session held for so long what is to be changed, or waits for it itself, and all is as it was. */
async function applyAll(
  pool: Pool,
  migrations: readonly Migration[],
  { known, lockWaitMs }: { readonly known: ReadonlySet<string>; readonly lockWaitMs: number },
): Promise<boolean> {
  // One transaction: a pooler gives a connection to others after each, and with it a lock that outlives it.
  const work = inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout TO ${lockWaitMs}`);
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK_KEY]);
    // A pooler may have given us a connection on which another schema comes first.
    await client.query("SET LOCAL search_path TO public");
    await client.query(HISTORY);
    try {
      const done = await listApplied(client, known);
      if (done.size === 0) await requireUnicode(client);
      for (const migration of migrations) if (!done.has(migration.name)) await apply(client, migration);
    } catch (error) {
      throw toOwnerError(error);
    }
    return true;
  });
  return work.catch((error: unknown) => {
    if (isLockTaken(error)) return false;
    throw error;
  });
}
