import "server-only";
import type { Pool } from "pg";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { AppError } from "@/lib/errors/app-error";
import { cancelScan as storeCancel, findLatestScan } from "@/lib/store/scans";
import { findRunningScan } from "./running-scans";
import { toScanProgress } from "./to-scan-progress";

/** Cancels the running scan of a cluster, whichever process runs it; the last snapshot is kept. Throws AppError `conflict` when none runs. */
export async function cancelScan(pool: Pool, clusterId: number): Promise<ScanProgress> {
  const scan = await findLatestScan(pool, clusterId);
  const isCancelled = scan !== null && (await storeCancel(pool, scan.id));
  const running = findRunningScan(clusterId);
  // Another may have begun since: nobody asked to cancel that one.
  if (running && running.scanId === scan?.id) running.cancel();
  const after = await findLatestScan(pool, clusterId);
  if (!isCancelled || after === null) throw new AppError("conflict", "No scan of this cluster is running.");
  return toScanProgress(after);
}
