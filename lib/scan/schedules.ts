import "server-only";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { CLOCK_TOLERANCE_MS } from "@/lib/model/clock-tolerance";
import { record } from "@/lib/model/json";
import { getConfig } from "@/lib/config/get-config";
import { type ClusterRecord, listClusters } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan, isWorthRetry, readClock, recoverScans, type ScanRecord } from "@/lib/store/scans";
import { whyRefused } from "@/lib/store/to-database-error";
import { getLogger } from "@/lib/telemetry/logger";
import { toBossDatabase } from "./boss-database";
import { isReadHere } from "./is-read-here";
import { isScanDue } from "./is-scan-due";
import { AppError } from "@/lib/errors/app-error";
import { isEnding, listRunningScans } from "./running-scans";
import { startScan } from "./start-scan";
import { tellOnce } from "./tell-once";

const SCAN = "scheduled-scan";
/** Of servers that start together on an empty database one makes the schema, and the others, which waited, take it for missing: the next time it is there. */
const ATTEMPTS = 2;
const SCAN_EXPIRES_SECONDS = 2 * 3600;
const LOOK_EVERY_MS = 60_000;
/** Whoever sends a scan wakes the workers of its own process; those of others look. */
const POLL_SECONDS = 30;
/** Ample for one that has two other scans before it. */
const LEFT_TO_OTHERS_MINUTES = 15;
/** Of what could not be scanned the last time: it may take minutes to fail again. */
const FAILED = 1;
/**
 * So many scans at once: more would take the processor and the memory from the pages. The first never waits for what could not be scanned the last time,
 * and the second takes that first: however many are due, each comes to its turn.
 */
const LANES = [{ maxPriority: 0 }, {}];

export interface Schedules {
  stop(): Promise<void>;
}

/**
 * Looks at once, and then every minute, which clusters are due, and has them scanned with `scan`, a few at a time. Of several processes on one database
 * each looks, and one scans each cluster. Nothing is stored for a minute in which none is due.
 */
export async function startSchedules(database: Database, scan: (database: Database, slug: string) => Promise<void> = scanNow): Promise<Schedules> {
  const log = getLogger();
  const backend = database.kind === "pglite" ? "pglite" : "postgres";
  const boss = new PgBoss({ db: toBossDatabase(database.pool), backend, schema: "jobs", schedule: false });
  const warn = tellOnce((error) => log.warn({ err: error }, whyRefused(error) ?? "the scheduler could not reach the database"));
  boss.on("error", warn);
  await boss.start({ attempts: ATTEMPTS });
  await boss.createQueue(SCAN, { policy: "short", retryLimit: 0, expireInSeconds: SCAN_EXPIRES_SECONDS });
  const workers: string[] = [];
  const wake = (): void => {
    for (const worker of workers) boss.notifyWorker(worker);
  };
  const work = async (jobs: readonly { readonly data: { readonly slug: string } }[]): Promise<void> => {
    for (const { data } of jobs) await scan(database, data.slug);
    wake(); // the next one waits for nothing
    // The embedded database has no background process that gives the room of jobs and scans back that are over, and a scan that fails is not tidied up after.
    if (database.kind === "pglite") await database.pool.query("VACUUM jobs.job, scan").catch(warn);
  };
  const look = async (): Promise<void> => {
    await forgetFuture(database.pool);
    for (const { slug, hasFailed } of await listDue(database)) await boss.send(SCAN, { slug }, { singletonKey: slug, ...(hasFailed && { priority: FAILED }) });
    wake();
  };
  await look().catch(warn);
  for (const lane of LANES) workers.push(await boss.work<{ slug: string }>(SCAN, { ...lane, pollingIntervalSeconds: POLL_SECONDS }, work));
  const timer = setInterval(() => void look().catch(warn), LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return boss.stop({ graceful: false, close: false });
    },
  };
}

/**
 * Takes back what a clock that was ahead, and was then put right, has dated into the future: the scheduler waits for a minute after what it did last, and a job
 * for its time, which would be until then. What is due is asked of the scans anyway.
 */
export async function forgetFuture(pool: Pool): Promise<void> {
  const isFuture = (column: string): string => `${column} > now() + interval '${CLOCK_TOLERANCE_MS} milliseconds'`;
  const past = (column: string): string => `${column} = CASE WHEN ${isFuture(column)} THEN NULL ELSE ${column} END`;
  const forget = async (table: string, columns: readonly string[]): Promise<void> => {
    await pool.query(`UPDATE jobs.${table} SET ${columns.map(past).join(", ")} WHERE ${columns.map(isFuture).join(" OR ")}`);
  };
  await forget("version", ["bam_on", "flow_on", "reindex_on", "monitor_backoff_on"]);
  await forget("queue", ["monitor_claim_on", "monitor_on", "maintain_on"]);
  await pool.query(`DELETE FROM jobs.job WHERE ${["created_on", "start_after", "started_on"].map(isFuture).join(" OR ")}`);
}

interface Due {
  readonly slug: string;
  /** The last scan did, or none of the cluster could be read. */
  readonly hasFailed: boolean;
}

/** The clusters whose time has come. What looks as if it still ran, and does not, is ended first: its cluster would never be due again. */
export async function listDue(database: Database): Promise<readonly Due[]> {
  // Of a server that was killed, or, on any database, one whose end could not be stored when it came.
  await recoverScans(database.pool, { all: false, except: listRunningScans().map(({ scanId }) => scanId) });
  const now = await readClock(database.pool);
  const due: Due[] = [];
  for (const cluster of await listClusters(database.prisma)) {
    const last = await findLast(database.pool, cluster.id);
    if (isDue(database, cluster, last, now)) due.push({ slug: cluster.slug, hasFailed: last !== null && hasFailed(last) });
  }
  return due;
}

/**
 * Of a cluster that other servers read, only once they had their time and none did: the scan then says why it cannot be read. That time begins where the last
 * scan ended: one that takes longer than an interval is followed at once by the next.
 */
function isDue({ kind }: Database, cluster: ClusterRecord, last: LastScan | null, now: Date): boolean {
  const { scheduleIntervalMinutes: interval } = cluster;
  if (interval === null || isReadHere(cluster, { kind }, getConfig())) return isScanDue(cluster, last, now);
  if (last === null) return false;
  const since = { ...last, createdAt: last.finishedAt ?? last.createdAt, isWorthRetry: false };
  return isScanDue({ ...cluster, scheduleIntervalMinutes: interval + LEFT_TO_OTHERS_MINUTES }, since, now);
}

type LastScan = ScanRecord & { readonly isWorthRetry: boolean };

async function findLast(pool: Pool, clusterId: number): Promise<LastScan | null> {
  const last = await findLatestScan(pool, clusterId);
  return last && { ...last, isWorthRetry: await isWorthRetry(pool, last) };
}

/** A server that answers who it is, and hangs on every list, is given up after minutes as well, although its scan came to an end. */
function hasFailed({ state, progress }: ScanRecord): boolean {
  return state === "failed" || (state === "done" && record(progress).objects === 0);
}

/** Asks again whether the cluster is due: somebody may have scanned it since. */
async function scanNow(database: Database, slug: string): Promise<void> {
  const cluster = (await listClusters(database.prisma)).find((each) => each.slug === slug);
  if (!cluster || !isDue(database, cluster, await findLast(database.pool, cluster.id), await readClock(database.pool))) return;
  try {
    const scan = await startScan(database, cluster, { trigger: "schedule" });
    await scan.ended;
  } catch (error) {
    if (isEnding()) return;
    if (!(error instanceof AppError) || error.code !== "conflict") getLogger().error({ err: error, cluster: slug }, "a scheduled scan could not start");
  }
}
