import "server-only";
import { getConfig } from "@/lib/config/get-config";
import { findEmbeddedFolder } from "./embedded-folder";
import { type Database, openDatabase } from "./open-database";

/** Does the work of a command on the database that there is, and closes it. Throws AppError where there is none, or another process has the embedded one open. */
export async function onStoredDatabase(work: (database: Database) => Promise<string>): Promise<string> {
  const config = getConfig();
  if (config.databaseUrl === null) findEmbeddedFolder(config.dataDir);
  const database = await openDatabase(config, {
    onLost: (error) => {
      throw error;
    },
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
