import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/errors/app-error";
import { type ClusterRecord, findCluster } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import type { Registered } from "./register-cluster";
import { isEnding } from "./running-scans";
import { startScan, type StartScanOptions } from "./start-scan";

const AGAIN_MS = 20_000;

/** As it is set now, which may have changed while it was waited for; null = it needs no scan. */
async function findWanted({ pool, prisma }: Database, { cluster: { slug }, isMoved }: Pick<Registered, "cluster" | "isMoved">): Promise<ClusterRecord | null> {
  const cluster = await findCluster(prisma, slug);
  if (cluster === null) return null; // forgotten: it must not be looked for again
  if ((await findLatestSnapshot(pool, cluster.id)) === null) return cluster;
  if (!isMoved || cluster.isSchedulePaused || cluster.scheduleIntervalMinutes === null) return null;
  const last = await findLatestScan(pool, cluster.id);
  return last?.state === "failed" || last?.state === "running" ? cluster : null;
}

/**
 * A cluster that nobody has scanned yet is scanned at once, and so is one that was looked for in vain by the context or the address that it had before: people
 * were told to start again for that, unless they switched its schedule off. One that is being scanned elsewhere needs no other scan, unless that one's server
 * is gone, which shows when its lease ends, or it fails as well: by schedule, the next would then wait for a whole interval.
 */
export async function scanFound(
  database: Database,
  found: Pick<Registered, "cluster" | "isMoved">,
  { againMs = AGAIN_MS, ...options }: Pick<StartScanOptions, "script"> & { readonly againMs?: number } = {},
): Promise<void> {
  while (!isEnding()) {
    const cluster = await findWanted(database, found);
    if (cluster === null) return;
    try {
      return void (await startScan(database, cluster, { ...options, trigger: "discovery", isFirst: !found.isMoved }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    }
    await wait(againMs, undefined, { ref: false });
  }
}
