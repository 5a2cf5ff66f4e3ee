import "server-only";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { startScan, type StartScanOptions } from "./start-scan";

/** A cluster that nobody has scanned yet is scanned at once. One that is being scanned elsewhere needs no other scan. */
export async function scanFirst(database: Database, cluster: ClusterRecord, options: Pick<StartScanOptions, "script"> = {}): Promise<void> {
  if ((await findLatestSnapshot(database.pool, cluster.id)) !== null) return;
  await startScan(database, cluster, { ...options, trigger: "discovery" }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  });
}
