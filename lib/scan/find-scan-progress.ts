import "server-only";
import type { Pool } from "pg";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { listLatestScans } from "@/lib/store/scans";
import { findRunningScan } from "./running-scans";
import { toScanProgress } from "./to-scan-progress";

/** The running scan of each of these clusters, else its last one, in one statement; what was never scanned is left out. */
export async function listScanProgress(pool: Pool, clusterIds: readonly number[]): Promise<ReadonlyMap<number, ScanProgress>> {
  const found = new Map<number, ScanProgress>();
  for (const id of clusterIds) {
    const running = findRunningScan(id);
    if (running) found.set(id, running.progress());
  }
  const others = clusterIds.filter((id) => !found.has(id));
  if (others.length > 0) for (const [id, scan] of await listLatestScans(pool, others)) found.set(id, toScanProgress(scan));
  return found;
}

/** The same of one cluster; null when it was never scanned. */
export async function findScanProgress(pool: Pool, clusterId: number): Promise<ScanProgress | null> {
  return (await listScanProgress(pool, [clusterId])).get(clusterId) ?? null;
}
