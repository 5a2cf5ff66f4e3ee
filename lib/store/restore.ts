import "server-only";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { AppError } from "@/lib/errors/app-error";
import { lockDirectory } from "./directory-lock";
import { toDirectoryError } from "./to-database-error";

/**
 * Unpacks an archive of `Database.backup` into a data directory that has no database yet. Throws AppError `conflict`
 * when it has one: nothing is ever overwritten.
 */
export async function restore(file: string, dataDir: string): Promise<void> {
  if (!existsSync(file)) throw new AppError("not-found", `The backup ${file} does not exist.`);
  const lock = lockDirectory(dataDir);
  const target = path.join(dataDir, "postgres");
  const making = `${target}.making`;
  try {
    if (existsSync(target))
      throw new AppError("conflict", `There is a database in ${dataDir} already: restore into an empty CONCENTRIC_DATA_DIR, or move that one away.`);
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { mode: 0o700 });
    await promisify(execFile)("tar", ["-xzf", file, "-C", making]).catch((error: unknown) => {
      throw new AppError("bad-request", `The file ${file} is not a whole backup.`, { cause: error });
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
