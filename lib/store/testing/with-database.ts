import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Database, DatabaseConfig } from "../open-database";
import { type DatabaseKind, startDatabases, type TestDatabases } from "./test-databases";

export interface TestedDatabase {
  /** To be read in tests and hooks only: before them there is none. */
  readonly database: Database;
  /** Of one more of the kind, to open it once more after a close. */
  readonly createConfig: () => Promise<DatabaseConfig>;
}

/**
 * A migrated database for the tests of one file or suite: made before the first of them, gone after the last. Where PostgreSQL is not on this machine, they
 * are skipped with a notice.
 */
export function withDatabase(kind: DatabaseKind): TestedDatabase {
  let databases: TestDatabases | null = null;
  let database: Database | null = null;
  const there = <T>(value: T | null): T => {
    if (value === null) throw new Error("There is no database outside of tests, and none on PostgreSQL where that is not on this machine.");
    return value;
  };
  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (databases.isAvailable) database = await databases.open();
  });
  beforeEach(({ skip }) => {
    if (!databases?.isAvailable) skip("PostgreSQL is not installed.");
  });
  afterAll(() => databases?.stop());
  return {
    get database() {
      return there(database);
    },
    createConfig: () => there(databases).createConfig(),
  };
}
