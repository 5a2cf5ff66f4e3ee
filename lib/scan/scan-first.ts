import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { isEnding } from "./running-scans";
import { startScan, type StartScanOptions } from "./start-scan";

const AGAIN_MS = 20_000;

/**
 * A cluster that nobody has scanned yet is scanned at once. One that is being scanned elsewhere needs no other scan, unless that one's server is gone, which
 * shows when its lease ends: by schedule, the first snapshot would then wait for a whole interval.
 */
export async function scanFirst(
  database: Database,
  cluster: ClusterRecord,
  { againMs = AGAIN_MS, ...options }: Pick<StartScanOptions, "script"> & { readonly againMs?: number } = {},
): Promise<void> {
  while (!isEnding() && (await findLatestSnapshot(database.pool, cluster.id)) === null) {
    try {
      return void (await startScan(database, cluster, { ...options, trigger: "discovery" }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    }
    await wait(againMs, undefined, { ref: false });
  }
}
