import "server-only";
import { existsSync, readdirSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { sayUnread } from "@/lib/format/explain-file-error";
import { lockDirectory } from "./directory-lock";
import { makeAside } from "./make-aside";
import type { DatabaseConfig } from "./open-database";
import { syncDirectory } from "./pglite/sync-directory";
import { runTar } from "./run-tar";
import { toDirectoryError } from "./to-database-error";

/**
 * Unpacks an archive of `backUp` into a data directory that has no database yet. Throws AppError, `conflict`
 * when it has one: nothing is ever overwritten. The reason of `stop` after that, and then nothing is left of it.
 */
export async function restore(file: string, { databaseUrl, dataDir }: Pick<DatabaseConfig, "databaseUrl" | "dataDir">, stop?: AbortSignal): Promise<void> {
  if (databaseUrl !== null)
    throw new AppError("bad-request", "A backup is of the embedded database, and DATABASE_URL names another: take it out to restore and to start from there.");
  const input = await openBackup(file);
  try {
    await unpack(file, input, dataDir, stop);
  } finally {
    await input.close();
  }
}

function openBackup(file: string): Promise<FileHandle> {
  return open(file, "r").catch((cause: unknown) => {
    throw new AppError("bad-request", `The backup ${sayUnread(file, cause)}`, { cause });
  });
}

async function unpack(file: string, input: FileHandle, dataDir: string, stop: AbortSignal | undefined): Promise<void> {
  const lock = lockDirectory(dataDir, (error) => {
    throw error;
  });
  const target = path.join(dataDir, "postgres");
  try {
    if (existsSync(target))
      throw new AppError("conflict", `There is a database in ${dataDir} already: restore into an empty CONCENTRIC_DATA_DIR, or move that one away.`);
    await makeAside(target, async (making) => {
      await runTar(["-xzf", "-", "-C", making], { input, stop }).catch((cause: unknown) => {
        const isOfThisMachine = cause instanceof Error && "code" in cause;
        throw isOfThisMachine ? cause : new AppError("bad-request", `The file ${file} is not a whole backup.`, { cause });
      });
      const root = findRoot(making, file);
      await syncDirectory(root, 0);
      return root;
    });
  } catch (error) {
    throw toDirectoryError(error, dataDir);
  } finally {
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
