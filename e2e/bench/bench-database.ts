import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DatabaseConfig } from "@/lib/store/open-database";
import { startPostgres } from "@/lib/store/testing/start-postgres";

export type DatabaseKind = "pglite" | "postgresql";

/** A new, empty database that the server and this process open by turns. */
export interface BenchDatabase {
  readonly kind: DatabaseKind;
  readonly config: DatabaseConfig;
  /** Environment that makes the server use it. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export interface BenchDatabases {
  /** PostgreSQL only where a server can be started. */
  readonly kinds: readonly DatabaseKind[];
  create(kind: DatabaseKind): Promise<BenchDatabase>;
  stop(): Promise<void>;
}

export async function startBenchDatabases(root: string, wanted: readonly DatabaseKind[]): Promise<BenchDatabases> {
  const postgres = wanted.includes("postgresql") ? await startPostgres() : null;
  return {
    kinds: wanted.filter((kind) => kind === "pglite" || postgres !== null),
    async create(kind) {
      const dataDir = mkdtempSync(path.join(os.tmpdir(), "concentric-bench-data-"));
      const databaseUrl = kind === "postgresql" && postgres !== null ? await postgres.createDatabase() : null;
      return {
        kind,
        config: {
          databaseUrl,
          databasePoolMax: 10,
          dataDir,
          buildDir: path.join(root, ".build"),
          migrationsDir: path.join(root, "prisma", "migrations"),
          isBuilding: false,
        },
        env: { CONCENTRIC_DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? "" },
        remove: () => rmSync(dataDir, { recursive: true, force: true }),
      };
    },
    stop: async () => postgres?.stop(),
  };
}
