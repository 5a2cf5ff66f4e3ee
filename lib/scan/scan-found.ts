import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/errors/app-error";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import type { Registered } from "./register-cluster";
import { isEnding } from "./running-scans";
import { startScan, type StartScanOptions } from "./start-scan";

const AGAIN_MS = 20_000;

async function isWanted({ pool }: Database, { cluster, isMoved }: Pick<Registered, "cluster" | "isMoved">): Promise<boolean> {
  if ((await findLatestSnapshot(pool, cluster.id)) === null) return true;
  const last = isMoved ? await findLatestScan(pool, cluster.id) : null;
  return last?.state === "failed" || last?.state === "running";
}

/**
 * A cluster that nobody has scanned yet is scanned at once, and so is one that was looked for in vain by the context or the address that it had before: people
 * were told to start again for that. One that is being scanned elsewhere needs no other scan, unless that one's server is gone, which shows when its lease
 * ends, or it fails as well: by schedule, the next would then wait for a whole interval.
 */
export async function scanFound(
  database: Database,
  found: Pick<Registered, "cluster" | "isMoved">,
  { againMs = AGAIN_MS, ...options }: Pick<StartScanOptions, "script"> & { readonly againMs?: number } = {},
): Promise<void> {
  while (!isEnding() && (await isWanted(database, found))) {
    try {
      return void (await startScan(database, found.cluster, { ...options, trigger: "discovery" }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    }
    await wait(againMs, undefined, { ref: false });
  }
}
