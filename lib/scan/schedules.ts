import "server-only";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { CLOCK_TOLERANCE_MS } from "@/lib/model/clock-tolerance";
import { listClusters } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan, readClock, recoverScans } from "@/lib/store/scans";
import { getLogger } from "@/lib/telemetry/logger";
import { toBossDatabase } from "./boss-database";
import { isScanDue } from "./is-scan-due";
import { AppError } from "@/lib/errors/app-error";
import { isEnding, listRunningScans } from "./running-scans";
import { startScan } from "./start-scan";

const TICK = "scan-schedule";
const SCAN = "scheduled-scan";
const SCAN_EXPIRES_SECONDS = 2 * 3600;
const LOOKED_AFTER_MS = 60_000;

export interface Schedules {
  stop(): Promise<void>;
}

/** Looks every minute which clusters are due. Of several processes on one database one looks, and one scans each cluster. */
export async function startSchedules(database: Database): Promise<Schedules> {
  const log = getLogger();
  const backend = database.kind === "pglite" ? "pglite" : "postgres";
  const boss = new PgBoss({ db: toBossDatabase(database.pool), backend, schema: "jobs", cronMonitorIntervalSeconds: 30 });
  boss.on("error", (error) => log.warn({ err: error }, "the scheduler could not reach the database"));
  await boss.start();
  await forgetFuture(database.pool);
  const lookingAfter = setInterval(() => {
    forgetFuture(database.pool).catch((error: unknown) => log.warn({ err: error }, "the scheduler could not reach the database"));
  }, LOOKED_AFTER_MS);
  await boss.createQueue(TICK, { policy: "singleton", retryLimit: 0 });
  await boss.createQueue(SCAN, { policy: "short", retryLimit: 0, expireInSeconds: SCAN_EXPIRES_SECONDS });
  await boss.schedule(TICK, "* * * * *");
  const options = { pollingIntervalSeconds: 30 };
  await boss.work(TICK, options, async () => {
    for (const slug of await listDue(database)) await boss.send(SCAN, { slug }, { singletonKey: slug });
  });
  await boss.work<{ slug: string }>(SCAN, options, async (jobs) => {
    for (const job of jobs) await scanNow(database, job.data.slug);
  });
  return {
    stop: () => {
      clearInterval(lookingAfter);
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
  await forget("version", ["cron_on", "bam_on", "flow_on", "reindex_on", "monitor_backoff_on"]);
  await forget("queue", ["monitor_claim_on", "monitor_on", "maintain_on"]);
  await pool.query(`DELETE FROM jobs.job WHERE ${["created_on", "start_after", "started_on"].map(isFuture).join(" OR ")}`);
}

/** The clusters, by slug, whose time has come. What looks as if it still ran, and does not, is ended first: its cluster would never be due again. */
export async function listDue(database: Database): Promise<readonly string[]> {
  // Of a server that was killed, or, on any database, one whose end could not be stored when it came.
  await recoverScans(database.pool, { all: false, except: listRunningScans().map(({ scanId }) => scanId) });
  const now = await readClock(database.pool);
  const due: string[] = [];
  for (const cluster of await listClusters(database.prisma)) {
    if (cluster.scheduleIntervalMinutes === null) continue;
    if (isScanDue(cluster, await findLatestScan(database.pool, cluster.id), now)) due.push(cluster.slug);
  }
  return due;
}

/** Asks again whether the cluster is due: somebody may have scanned it since. */
async function scanNow(database: Database, slug: string): Promise<void> {
  const cluster = (await listClusters(database.prisma)).find((each) => each.slug === slug);
  if (!cluster || !isScanDue(cluster, await findLatestScan(database.pool, cluster.id), await readClock(database.pool))) return;
  try {
    const scan = await startScan(database, cluster, { trigger: "schedule" });
    await scan.ended;
  } catch (error) {
    if (isEnding()) return;
    if (!(error instanceof AppError) || error.code !== "conflict") getLogger().error({ err: error, cluster: slug }, "a scheduled scan could not start");
  }
}
