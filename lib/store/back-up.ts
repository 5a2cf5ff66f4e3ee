import "server-only";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { lockDirectory } from "./directory-lock";
import { findEmbeddedFolder } from "./embedded-folder";
import type { DatabaseConfig } from "./open-database";
import { startPglite } from "./pglite/start-pglite";
import { toDirectoryError } from "./to-database-error";

function fail(error: AppError): never {
  throw error;
}

/**
 * Writes an archive of the embedded database, as it is, to a new file: a backup made by a newer version can still be restored for the one that the database
 * is of. Throws AppError.
 */
export async function backUp(config: Pick<DatabaseConfig, "databaseUrl" | "dataDir" | "buildDir">, file: string): Promise<void> {
  if (config.databaseUrl !== null) throw new AppError("bad-request", "Only the embedded database is backed up here: use pg_dump for PostgreSQL.");
  const dataDir = findEmbeddedFolder(config.dataDir);
  const lock = lockDirectory(config.dataDir);
  try {
    const host = await startPglite({ dataDir, script: path.join(config.buildDir, "pglite-worker.mjs"), onLost: fail });
    await host.dump(file).finally(() => host.close());
  } catch (error) {
    throw toDirectoryError(error, config.dataDir);
  } finally {
    lock.release();
  }
}
