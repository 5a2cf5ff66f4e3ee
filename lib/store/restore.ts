import "server-only";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { sayUnread } from "@/lib/format/explain-file-error";
import { lockDirectory } from "./directory-lock";
import type { DatabaseConfig } from "./open-database";
import { runTar } from "./run-tar";
import { toDirectoryError } from "./to-database-error";

/**
 * Unpacks an archive of `backUp` into a data directory that has no database yet. Throws AppError, `conflict`
 * when it has one: nothing is ever overwritten.
 */
export async function restore(file: string, { databaseUrl, dataDir }: Pick<DatabaseConfig, "databaseUrl" | "dataDir">): Promise<void> {
  if (databaseUrl !== null)
    throw new AppError("bad-request", "A backup is of the embedded database, and DATABASE_URL names another: take it out to restore and to start from there.");
  const input = openBackup(file);
  try {
    await unpack(file, input, dataDir);
  } finally {
    closeSync(input);
  }
}

function openBackup(file: string): number {
  try {
    return openSync(file, "r");
  } catch (cause) {
    throw new AppError("bad-request", `The backup ${sayUnread(file, cause)}`, { cause });
  }
}

async function unpack(file: string, input: number, dataDir: string): Promise<void> {
  const lock = lockDirectory(dataDir, (error) => {
    throw error;
  });
  const target = path.join(dataDir, "postgres");
  const making = `${target}.making`;
  try {
    if (existsSync(target))
      throw new AppError("conflict", `There is a database in ${dataDir} already: restore into an empty CONCENTRIC_DATA_DIR, or move that one away.`);
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { mode: 0o700 });
    await runTar(["-xzf", "-", "-C", making], { input }).catch((cause: unknown) => {
      const isOfThisMachine = cause instanceof Error && "code" in cause;
      throw isOfThisMachine ? cause : new AppError("bad-request", `The file ${file} is not a whole backup.`, { cause });
    });
    renameSync(findRoot(making, file), target);
  } catch (error) {
    throw toDirectoryError(error, dataDir);
  } finally {
    rmSync(making, { recursive: true, force: true });
    lock.release();
  }
}

/** The archive holds the database, or one folder with it. */
function findRoot(directory: string, file: string): string {
  const candidates = [directory, ...readdirSync(directory).map((name) => path.join(directory, name))];
  const root = candidates.find((candidate) => existsSync(path.join(candidate, "PG_VERSION")));
  if (root === undefined) throw new AppError("bad-request", `The file ${file} is not a backup of this program.`);
  return root;
}
