import "server-only";
import { existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { explainUnwritten } from "@/lib/format/explain-file-error";
import { lockDirectory } from "./directory-lock";
import { findEmbeddedFolder } from "./embedded-folder";
import type { DatabaseConfig } from "./open-database";
import { startPglite } from "./pglite/start-pglite";
import { runTar } from "./run-tar";
import { toDirectoryError } from "./to-database-error";

function fail(error: AppError): never {
  throw error;
}

/**
 * Writes an archive of the embedded database, as it is, to a new file: a backup made by a newer version can still be restored for the one that the database
 * is of. Throws AppError; the reason of `stop` after that, and then nothing is left of it.
 */
export async function backUp(config: Pick<DatabaseConfig, "databaseUrl" | "dataDir" | "buildDir">, file: string, stop?: AbortSignal): Promise<void> {
  if (config.databaseUrl !== null) throw new AppError("bad-request", "Only the embedded database is backed up here: use pg_dump for PostgreSQL.");
  const dataDir = findEmbeddedFolder(config.dataDir);
  if (existsSync(file)) throw new AppError("conflict", `The file ${file} exists already: choose another name for the backup.`);
  const lock = lockDirectory(config.dataDir, fail);
  try {
    // One that does not open is no backup, and what a server that was killed left in its log comes to its place.
    await (await startPglite({ dataDir, lock: lock.mark, script: path.join(config.buildDir, "pglite-worker.mjs"), onLost: fail })).close();
    await pack(dataDir, file, stop).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : new AppError("unavailable", `The backup ${file} cannot be written: ${explainUnwritten(cause)}.`, { cause });
    });
  } catch (error) {
    throw toDirectoryError(error, config.dataDir);
  } finally {
    lock.release();
  }
}

/** Made aside and moved into place: whatever has the name of a backup is whole. */
async function pack(dataDir: string, file: string, stop: AbortSignal | undefined): Promise<void> {
  const making = `${file}.making`;
  // Whatever has its place is left by one that was killed, or a link or a file of somebody else, who would read what is written there.
  rmSync(making, { force: true });
  const output = await open(making, "wx", 0o600);
  try {
    await runTar(["-czf", "-", "-C", dataDir, "."], { output, stop });
    await output.sync();
    renameSync(making, file);
  } finally {
    await output.close();
    rmSync(making, { force: true });
  }
}
