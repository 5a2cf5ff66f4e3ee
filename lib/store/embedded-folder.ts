import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";

/** Where the embedded database of a data directory is. Throws not-found: a command about what is stored makes no database where a name is mistyped. */
export function findEmbeddedFolder(dataDir: string): string {
  const folder = path.join(dataDir, "postgres");
  if (existsSync(folder)) return folder;
  throw new AppError("not-found", `There is no database in ${dataDir}: set CONCENTRIC_DATA_DIR to where it is.`);
}
