import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import type { Config } from "@/lib/config/read-config";
import { AppError } from "@/lib/errors/app-error";
import { PrismaClient } from "@/prisma/generated/client";
import { type DirectoryLock, lockDirectory } from "./directory-lock";
import { migrate } from "./migrate";
import { openPool, type PoolSource } from "./open-pool";
import { type PgliteHost, startPglite } from "./pglite/start-pglite";
import { toDirectoryError, toServerError } from "./to-database-error";

export interface Database {
  readonly kind: "pglite" | "postgresql";
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  /** For another process: `openPool(source)` there. */
  createSource(): PoolSource;
  /** To be asked before a write: throws conflict when a newer version, started on the same database, has changed its tables. */
  requireCurrent(): Promise<void>;
  close(): Promise<void>;
}

export type DatabaseConfig = Pick<Config, "databaseUrl" | "databasePoolMax" | "dataDir" | "buildDir" | "migrationsDir" | "isBuilding">;

export interface DatabaseEvents {
  /** The database is gone for good: log the sentence and end the process. */
  readonly onLost: (error: AppError) => void;
  /** An idle connection broke; the pool replaces it by itself. */
  readonly onConnectionError?: (error: Error) => void;
  /** The start waits for another session, which holds the tables that it has to change; told again and again while it does. */
  readonly onWait?: () => void;
  /** The data directory held no embedded database, and now holds an empty one. */
  readonly onNew?: () => void;
}

const PRISMA_WAIT_MS = 60_000;
/** No page asks for anything that takes as long. Migrations and scans may, and have connections of their own. */
const SILENT_MS = 120_000;

function toPrisma(pool: Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: PRISMA_WAIT_MS, timeout: PRISMA_WAIT_MS } });
}

async function openServed(config: DatabaseConfig, url: string, events: DatabaseEvents): Promise<Database> {
  const source: PoolSource = { kind: "postgresql", url, max: config.databasePoolMax };
  const patient = openPool(source);
  const requireCurrent = await migrate(patient, config.migrationsDir, { onWait: events.onWait })
    .catch((error: unknown) => {
      throw toServerError(error, url);
    })
    .finally(() => patient.end());
  const pool = openPool(source, events.onConnectionError, SILENT_MS);
  const prisma = toPrisma(pool);
  return {
    kind: "postgresql",
    pool,
    prisma,
    createSource: () => source,
    requireCurrent: () => requireCurrent(pool),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function openEmbedded(config: DatabaseConfig, events: DatabaseEvents): Promise<Database> {
  let lock: DirectoryLock | null = null;
  let host: PgliteHost | null = null;
  let pool: Pool | null = null;
  try {
    lock = lockDirectory(config.dataDir, events.onLost);
    const dataDir = path.join(config.dataDir, "postgres");
    const isNew = !existsSync(dataDir);
    host = await startPglite({ dataDir, lock: lock.mark, script: path.join(config.buildDir, "pglite-worker.mjs"), onLost: events.onLost });
    if (isNew) events.onNew?.();
    pool = openPool({ kind: "thread", port: host.port }, events.onConnectionError);
    return embedded(host, pool, lock, await migrate(pool, config.migrationsDir));
  } catch (error) {
    await pool?.end().catch(() => {});
    await host?.close().catch(() => {});
    lock?.release();
    throw toDirectoryError(error, config.dataDir);
  }
}

function embedded(host: PgliteHost, pool: Pool, lock: DirectoryLock, requireCurrent: (pool: Pool) => Promise<void>): Database {
  const prisma = toPrisma(pool);
  return {
    kind: "pglite",
    pool,
    prisma,
    createSource: () => ({ kind: "pglite", folder: host.folder }),
    requireCurrent: () => requireCurrent(pool),
    close: async () => {
      try {
        await prisma.$disconnect();
        await pool.end();
        await host.close();
      } finally {
        lock.release();
      }
    },
  };
}

/**
 * Opens the database that the configuration names and brings it to the current schema. Throws AppError with one
 * sentence that says what is wrong and what to do.
 */
export function openDatabase(config: DatabaseConfig, events: DatabaseEvents): Promise<Database> {
  if (config.isBuilding) return Promise.reject(new AppError("internal", "A page asked for the database while it was built: mark it as dynamic."));
  return config.databaseUrl === null ? openEmbedded(config, events) : openServed(config, config.databaseUrl, events);
}
