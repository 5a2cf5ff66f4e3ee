import "server-only";
import type { Pool } from "pg";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { findLatestScan } from "@/lib/store/scans";
import { findRunningScan } from "./running-scans";
import { toScanProgress } from "./to-scan-progress";

/** The running scan of a cluster, else its last one; null when it was never scanned. */
export async function findScanProgress(pool: Pool, clusterId: number): Promise<ScanProgress | null> {
  const running = findRunningScan(clusterId);
  if (running) return running.progress();
  const scan = await findLatestScan(pool, clusterId);
  return scan === null ? null : toScanProgress(scan);
}
