import "server-only";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { getConfig } from "@/lib/config/get-config";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import { type ClusterRecord, getCluster, listClusters } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { finishScan, INTERRUPTED, renewScan, type ScanRecord, startScan as takeLease } from "@/lib/store/scans";
import { giveBackUndone } from "@/lib/store/tidy";
import { isDatabaseLost } from "@/lib/store/to-database-error";
import { getLogger } from "@/lib/telemetry/logger";
import { findNamesakes, isNamedByUid } from "./cluster-identity";
import { parseSettings } from "./parse-settings";
import { addRunningScan, isEnding, removeRunningScan, type RunningScan, tellListeners } from "./running-scans";
import type { ScanJob } from "./scan-job";
import { CANCELLED } from "./scan-messages";
import { NO_WORK, type ScanWork, WAITING } from "./scan-work";
import { startInTurn } from "./start-in-turn";
import { type ScanProcess, type ScanProcessOptions, startScanProcess } from "./start-scan-process";
import { tellOnce } from "./tell-once";
import { toClusterTarget } from "./to-cluster-target";
import { toScanProgress } from "./to-scan-progress";

export interface StartScanOptions {
  readonly trigger: ScanJob["trigger"];
  /** Left out = where the cluster was registered. */
  readonly target?: ClusterTarget;
  /** Files the snapshot under another instant than now. */
  readonly at?: Date;
  /** Another scan follows at once. */
  readonly isFollowed?: boolean;
  /** Refused where the cluster was scanned before, or meanwhile. */
  readonly isFirst?: boolean;
  /** Left out = that of this build. */
  readonly script?: string;
}

const RENEW_EVERY_MS = 15_000;
const STORE_AGAIN_MS = 2_000;
/** In which a scan may have written something: before, there is nothing to give back. */
const WRITES: ReadonlySet<ScanWork["phase"]> = new Set(["judging", "storing"]);
const OWNER = `${process.pid}-${Math.random().toString(36).slice(2, 10)}`;

type Outcome = Parameters<typeof finishScan>[2];

/** Starts a scan, or lets it wait for its turn (`startInTurn`), and returns at once. Throws AppError `conflict` when the cluster is being scanned anywhere, `unavailable` while this process ends. */
export async function startScan(database: Database, cluster: ClusterRecord, options: StartScanOptions): Promise<RunningScan> {
  const config = getConfig();
  const target = options.target ?? toClusterTarget(cluster, config);
  refuseAtEnd();
  await database.requireCurrent();
  const scan = await takeLease(database.pool, cluster.id, options.trigger, OWNER, options.isFirst);
  const script = options.script ?? path.join(config.buildDir, "scan-process.mjs");
  try {
    // As they are once nobody else scans it: they may have changed while that was waited for.
    const { settings } = await getCluster(database.prisma, cluster.slug);
    const { uid, authority, server } = cluster;
    const hasNamesake = findNamesakes(await listClusters(database.prisma), cluster).length > 1;
    refuseAtEnd();
    const job: ScanJob = {
      scanId: scan.id,
      clusterId: cluster.id,
      target,
      identity: target.source === "url" ? null : { uid, authority, server, isNamedByUid: hasNamesake || isNamedByUid(target, database) },
      trigger: options.trigger,
      settings: parseSettings(settings),
      at: options.at?.toISOString() ?? null,
    };
    return follow(database, scan, job, { script, isFollowed: options.isFollowed ?? false });
  } catch (cause) {
    const error = cause instanceof AppError ? cause : new AppError("internal", "The scan could not be started: see the server's log.", { cause });
    // What cannot be stored now ends with its lease.
    await finishScan(database.pool, scan.id, { state: "failed", error: isEnding() ? INTERRUPTED : error.message }).catch(() => null);
    throw error;
  }
}

function refuseAtEnd(): void {
  if (isEnding()) throw new AppError("unavailable", "Concentric is being stopped: no scan can begin.");
}

function follow(database: Database, scan: ScanRecord, job: ScanJob, how: Pick<ScanProcessOptions, "script" | "isFollowed">): RunningScan {
  let work: ScanWork = NO_WORK;
  const tell = (progress: ScanProgress) => tellListeners(scan.clusterId, progress);
  const onWork = (next: ScanWork): void => {
    work = next;
    tell(toScanProgress(scan, work));
  };
  const begin = (): ScanProcess => {
    onWork(NO_WORK);
    return startScanProcess({ job, database: database.createSource(), ...how, onWork });
  };
  const scanning = startInTurn(job.trigger, begin, () => onWork(WAITING));
  const stopRenewing = keepLease(database, scan.id, scanning, () => work);
  const running: RunningScan = {
    scanId: scan.id,
    clusterId: scan.clusterId,
    progress: () => toScanProgress(scan, work),
    cancel: () => scanning.cancel(),
    ended: toOutcome(scanning).then(async (outcome) => {
      stopRenewing();
      const stored = await storeEnd(database, scan.id, { ...outcome, progress: work });
      removeRunningScan(running);
      const over = toScanProgress(
        // A scan that was cancelled when its snapshot had just been stored is over as its row says, and none may follow it.
        { ...scan, state: stored ?? outcome.state, finishedAt: new Date(), error: outcome.error ?? null, snapshotSeq: outcome.snapshotSeq ?? null },
        work,
      );
      tell(over);
      if (over.state !== "done" && WRITES.has(work.phase) && !isEnding()) await giveBackUndone(database).catch(warnOfRoom);
      return over;
    }),
  };
  addRunningScan(running);
  tell(running.progress());
  return running;
}

function warnOfRoom(error: unknown): void {
  getLogger().warn({ err: error }, "the room of a scan that was not stored was not given back");
}

/** Tries until the database is back, if it is away: the scan counts as running meanwhile, or its row would say that this process had ended. */
async function storeEnd({ pool }: Database, scanId: string, outcome: Outcome): ReturnType<typeof finishScan> {
  const warn = tellOnce((error) => getLogger().error({ err: error, scan: scanId }, "the end of a scan was not stored"));
  for (;;) {
    try {
      return await finishScan(pool, scanId, outcome);
    } catch (error) {
      warn(error);
      if (isEnding() || !isDatabaseLost(error)) return null;
    }
    await wait(STORE_AGAIN_MS, undefined, { ref: false });
  }
}

async function toOutcome(scanning: ScanProcess): Promise<Outcome> {
  try {
    const { seq } = await scanning.done;
    return { state: "done", snapshotSeq: seq };
  } catch (error) {
    const message = error instanceof AppError ? error.message : "The scan failed: see the server's log.";
    // By the end of this process: what somebody cancelled is stored as cancelled already.
    if (isEnding()) return { state: "failed", error: INTERRUPTED };
    if (message === CANCELLED) return { state: "cancelled" };
    getLogger().error({ err: error, detail: error instanceof Error ? error.cause : undefined }, message);
    return { state: "failed", error: message };
  }
}

/** Keeps the scan ours; when it was cancelled elsewhere, or taken over, the process stops. */
function keepLease(database: Database, scanId: string, scanning: ScanProcess, work: () => ScanWork): () => void {
  let isWaiting = false;
  const timer = setInterval(() => {
    if (isWaiting) return;
    isWaiting = true;
    renewScan(database.pool, scanId, work())
      .then((isOurs) => {
        if (!isOurs) scanning.cancel();
      })
      .catch((error: unknown) => getLogger().warn({ err: error, scan: scanId }, "the lease of a scan was not renewed"))
      .finally(() => {
        isWaiting = false;
      });
  }, RENEW_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
