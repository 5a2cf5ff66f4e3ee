import "server-only";
import { AppError } from "@/lib/errors/app-error";
import type { Database } from "./open-database";

/** Next bundles pages and start-up code apart, so the one open database hangs on globalThis. */
const holder = globalThis as { concentricDatabase?: Database };

/** The database of this process from now on; null = none, while it stops. */
export function setDatabase(database: Database | null): void {
  if (database) holder.concentricDatabase = database;
  else delete holder.concentricDatabase;
}

/** The database that was opened at start. Throws `unavailable` while the server starts or stops. */
export function getDatabase(): Database {
  if (!holder.concentricDatabase)
    throw new AppError("unavailable", "The database is not open: the server is starting or stopping. Try again in a few seconds.");
  return holder.concentricDatabase;
}
