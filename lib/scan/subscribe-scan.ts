import "server-only";
import type { Pool } from "pg";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { isKnownCluster } from "@/lib/store/clusters";
import { findScanProgress } from "./find-scan-progress";
import { addListener, findRunningScan, type ProgressListener } from "./running-scans";

const ASK_EVERY_MS = 2_000;

/**
 * Calls back with the running or last scan of a cluster, at once and after every step. Scans of other processes, and whether the cluster was forgotten, are
 * asked of the database every two seconds. Returns how to stop.
 */
export function subscribeScan(pool: Pool, clusterId: number, listener: ProgressListener, onForgotten: () => void = () => {}): () => void {
  let last = "";
  let isStopped = false;
  let told = 0;
  let isAsking = false;
  const tell = (progress: ScanProgress) => {
    const text = JSON.stringify(progress);
    if (isStopped || text === last) return;
    last = text;
    told += 1;
    listener(progress);
  };
  const ask = () => {
    // A database that hangs is not asked again and again: each question takes a connection along.
    if (isAsking || (last !== "" && findRunningScan(clusterId))) return;
    const before = told;
    isAsking = true;
    findScanProgress(pool, clusterId)
      .then(
        async (progress) => {
          // What was told meanwhile is newer than what the database was asked.
          if (progress !== null && told === before) tell(progress);
          if (progress !== null || (await isKnownCluster(pool, clusterId).catch(() => true)) || isStopped) return;
          onForgotten();
        },
        () => undefined, // the next one asks again
      )
      .finally(() => {
        isAsking = false;
      });
  };
  const stopListening = addListener(clusterId, tell);
  const timer = setInterval(ask, ASK_EVERY_MS);
  timer.unref();
  ask();
  return () => {
    isStopped = true;
    clearInterval(timer);
    stopListening();
  };
}
