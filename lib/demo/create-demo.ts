import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/errors/app-error";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { findScanProgress } from "@/lib/scan/find-scan-progress";
import { cancelScan } from "@/lib/scan/cancel-scan";
import { findRunningScan, isEnding, listRunningScans, type RunningScan } from "@/lib/scan/running-scans";
import { startScan } from "@/lib/scan/start-scan";
import { type ClusterRecord, type ClusterTable, holdClusters, listClusters, pickSlug, saveCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan, finishScan, recoverScans, startScan as beginScan } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { getLogger } from "@/lib/telemetry/logger";
import { startApiServer } from "./api-server";
import { createMemorySource } from "./memory-source";
import { serveDay } from "./serve-day";
import { DEMO_DAYS } from "./story";

const SLUG = "harbour-demo";
const AGAIN_MS = 10_000;

/** The days of the demo are being scanned, one after the other. */
interface Filling {
  /** The scan of its first missing day; rejects when there is none. */
  readonly begun: Promise<RunningScan>;
  /** Never rejects. */
  readonly ended: Promise<void>;
  readonly cancel: () => void;
  /** It was cancelled, and its last day has not ended yet. */
  readonly isCancelled: () => boolean;
}

/** Of a demo whose filling was cancelled, or broke off. */
interface UnfilledDemo {
  readonly days: number;
  readonly of: number;
}

const holder = globalThis as { concentricDemo?: Filling };

interface Replay {
  readonly stop: AbortSignal;
  readonly onBegin: (scan: RunningScan) => void;
  /** How often to ask again while the cluster is being scanned elsewhere; null = that fails. */
  readonly againMs: number | null;
}

const isConflict = (error: unknown): boolean => error instanceof AppError && error.code === "conflict";

/**
 * Waits for the end of a scan that runs elsewhere. True = it was lost with its server, or failed. One that was finished is followed there by that of the next day,
 * and a second one to go on would store days twice; and nobody goes on after one that was cancelled.
 */
async function outlasts({ pool }: Database, clusterId: number, { stop, againMs }: Pick<Replay, "stop"> & { readonly againMs: number }): Promise<boolean> {
  while (!stop.aborted) {
    await recoverScans(pool, { all: false, except: listRunningScans().map(({ scanId }) => scanId) });
    const last = await findLatestScan(pool, clusterId);
    if (last?.state !== "running") return last?.state === "failed";
    await wait(againMs, undefined, { ref: false, signal: stop }).catch(() => undefined);
  }
  return false;
}

/** Replays the days that are missing, one scan a day: after a crash it goes on where it stopped, once the lease of the lost scan is over. */
async function replay(database: Database, cluster: ClusterRecord, { stop, onBegin, againMs }: Replay): Promise<void> {
  const today = new Date();
  const server = await startApiServer({ source: createMemorySource([]) });
  try {
    while (!stop.aborted) {
      const day = (await findLatestSnapshot(database.pool, cluster.id))?.seq ?? 0;
      if (day > DEMO_DAYS) return;
      const at = serveDay(server, today, day);
      const target = { source: "url", server: server.url } as const;
      const scan = await startScan(database, cluster, { trigger: "demo", target, at, isFollowed: day < DEMO_DAYS }).catch(async (error: unknown) => {
        if (againMs === null || !isConflict(error)) throw error;
        await database.requireCurrent(); // a newer version is no scan that ends
        return (await outlasts(database, cluster.id, { stop, againMs })) ? "again" : null;
      });
      if (scan === null) return;
      if (scan === "again") continue;
      onBegin(scan);
      if (stop.aborted) scan.cancel();
      const ended = await scan.ended;
      if (ended.state === "cancelled" || isEnding()) return;
      if (ended.state !== "done") throw new AppError("internal", `Day ${day} of the demo could not be scanned: ${ended.error}`);
    }
  } finally {
    await server.stop();
  }
}

function fill(database: Database, cluster: ClusterRecord, againMs: Replay["againMs"] = null): Filling {
  const stop = new AbortController();
  const { promise: begun, resolve, reject } = Promise.withResolvers<RunningScan>();
  begun.catch(() => undefined); // nobody may be waiting
  const ended = replay(database, cluster, { stop: stop.signal, onBegin: resolve, againMs })
    .then(
      () => new AppError("conflict", `No day of the demo cluster ${cluster.name} was missing.`),
      (error: unknown) => {
        if (!isEnding()) getLogger().error({ err: error }, "the demo could not be made");
        return error;
      },
    )
    .then((why) => {
      delete holder.concentricDemo;
      reject(why);
    });
  return { begun, ended, cancel: () => stop.abort(), isCancelled: () => stop.signal.aborted };
}

/**
 * Makes the demo cluster: a made-up cluster that changes over 90 days, read, judged and stored like a real one. Answers as soon
 * as it exists; its days are scanned behind. Asking again does nothing while it is made or once it is whole, and goes on after a cancel.
 */
export async function createDemo(againMs = AGAIN_MS): Promise<string> {
  const database = getDatabase();
  const cluster = await holdClusters(
    database.prisma,
    async (table) => (await findDemo(table)) ?? saveCluster(table, { slug: await pickSlug(table, SLUG), name: "harbour", source: "demo", isDemo: true }),
  );
  holder.concentricDemo ??= fill(database, cluster, againMs);
  return cluster.slug;
}

/** One that was forgotten has left its name in addresses behind. */
async function findDemo(table: ClusterTable): Promise<ClusterRecord | undefined> {
  return (await listClusters(table)).find(({ isDemo }) => isDemo);
}

/** Goes on with a demo that broke off when its server ended: called once at a start. One that somebody cancelled stays as it is. */
export async function resumeDemo(): Promise<void> {
  const database = getDatabase();
  const cluster = await findDemo(database.prisma);
  if (cluster !== undefined && (await isUnfinished(database.pool, cluster.id))) holder.concentricDemo ??= fill(database, cluster, AGAIN_MS);
}

async function isUnfinished(pool: Database["pool"], clusterId: number): Promise<boolean> {
  const [snapshot, scan] = await Promise.all([findLatestSnapshot(pool, clusterId), findLatestScan(pool, clusterId)]);
  return (snapshot?.seq ?? 0) <= DEMO_DAYS && scan?.state !== "cancelled";
}

/** Throws conflict while its days are being made, also between two of them. */
export function refuseWhileFilled({ name }: Pick<ClusterRecord, "name">, instead: string): void {
  if (holder.concentricDemo !== undefined) throw new AppError("conflict", `The days of the demo cluster ${name} are still being made: ${instead}.`);
}

/** Scans the days that are missing, and answers with the first of these scans. Throws conflict when they are being scanned already. */
export async function fillDemo(database: Database, cluster: ClusterRecord): Promise<RunningScan> {
  refuseWhileFilled(cluster, "scan it when they are there");
  holder.concentricDemo = fill(database, cluster);
  return holder.concentricDemo.begun;
}

/**
 * Stops filling the demo, whether a day is being scanned or two days lie between; the days that are filled stay. Answers with its last scan and says how
 * far the demo goes; null = it was not being filled.
 */
export async function cancelDemo(database: Database, cluster: ClusterRecord): Promise<ScanProgress | null> {
  const filling = holder.concentricDemo;
  if (filling === undefined) return null;
  filling.cancel();
  const running = findRunningScan(cluster.id);
  if (running) running.cancel();
  // It may wait for a scan that runs elsewhere, and so would whoever asks next.
  else
    await cancelScan(database.pool, cluster.id).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
  await filling.ended;
  // Between two days no scan runs that could say so, and the next start would go on.
  if (await isUnfinished(database.pool, cluster.id)) {
    const { id } = await beginScan(database.pool, cluster.id, "demo", "cancelled before it began");
    await finishScan(database.pool, id, { state: "cancelled" });
  }
  const days = (await findLatestSnapshot(database.pool, cluster.id))?.seq ?? 0;
  const said = `The demo stops after ${days} of its ${DEMO_DAYS + 1} days, which stay as they are: scan it to go on.`;
  const scan = await findScanProgress(database.pool, cluster.id);
  if (scan === null) throw new AppError("conflict", said);
  return { ...scan, error: said };
}

/**
 * How far the demo goes while nobody fills it; null = it is being filled, or whole. A cancelled filling no longer counts: other tabs are told of the end of
 * its last scan, and ask once, before the filling itself has ended.
 */
export function findUnfilled(days: number): UnfilledDemo | null {
  const filling = holder.concentricDemo;
  return (filling !== undefined && !filling.isCancelled()) || days > DEMO_DAYS ? null : { days, of: DEMO_DAYS + 1 };
}
