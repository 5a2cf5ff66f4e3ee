import "server-only";
import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { CLOCK_TOLERANCE_MS } from "@/lib/model/clock-tolerance";
import { inTransaction } from "./in-transaction";
import { NO_CONNECTION, READ_ONLY } from "./to-database-error";

export type ScanState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface ScanRecord {
  readonly id: string;
  readonly clusterId: number;
  readonly state: ScanState;
  readonly trigger: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The JSON that the runner last saved. */
  readonly progress: unknown;
  readonly error: string | null;
  readonly snapshotSeq: number | null;
  readonly owner: string | null;
}

const COLUMNS = `id, cluster_id AS "clusterId", state, trigger, created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt", progress, error,
  snapshot_seq AS "snapshotSeq", owner`;
/** How long the scan of a server that is gone, on a database that others share, keeps the next from starting. */
const LEASE = "interval '1 minute'";
/** Run out, or of a clock that was ahead: no lease is longer than that. */
const LEASE_IS_OVER = `lease_until NOT BETWEEN now() AND now() + ${LEASE} + interval '${CLOCK_TOLERANCE_MS} milliseconds'`;
/** What is said of a scan that ended with its server, by which it is told from one that failed. */
export const INTERRUPTED = "The process that ran this scan ended.";
/** What is said of a scan that slept with its machine, or was stopped for long. */
export const STOOD_STILL =
  "The scan stood still for more than 10 minutes, as on a machine that sleeps, or the clock was put forward: what it had read is too old to be stored. The last snapshot is kept.";
/** What is said of a scan whose database was restarted, or ended a transaction that stood still with its machine. */
export const DATABASE_LOST = "The database stopped answering during the scan. The last snapshot is kept.";
/** None is the cluster's doing, nor likely to come again at once. */
const NOT_ITS_DOING: ReadonlySet<string | null> = new Set([INTERRUPTED, STOOD_STILL, DATABASE_LOST, NO_CONNECTION, READ_ONLY]);
/** Of each cluster: one that is scanned every five minutes leaves a hundred thousand a year, and nothing asks for any but the last two. */
const KEPT = 100;
/** Those that a clock which was ahead dated into the future come first, and must not take the place of what was scanned since. */
const FORGET_OLD = `DELETE FROM scan WHERE cluster_id = $1 AND state NOT IN ('queued', 'running') AND created_at < (
  SELECT created_at FROM scan WHERE cluster_id = $1 AND created_at <= now() + $2 * interval '1 millisecond' ORDER BY created_at DESC OFFSET ${KEPT} - 1 LIMIT 1)`;
const END_LOST = `UPDATE scan SET state = 'failed', finished_at = now(), lease_until = NULL, error = '${INTERRUPTED}' WHERE state = 'running'`;

/** Ends what was lost first. Of a cluster whose row is held: else a scan may begin right after. */
export async function isBeingScanned(client: PoolClient, clusterId: number): Promise<boolean> {
  await client.query(`${END_LOST} AND cluster_id = $1 AND ${LEASE_IS_OVER}`, [clusterId]);
  const running = await client.query("SELECT 1 FROM scan WHERE cluster_id = $1 AND state = 'running'", [clusterId]);
  return (running.rowCount ?? 0) > 0;
}

/**
 * Starts a scan when none of this cluster is running anywhere: the returned scan is held by `owner` until its lease
 * runs out, so `renewScan` must come well within a minute. Throws AppError `conflict` with a running one, and, for a first scan, once there is a snapshot.
 */
export async function startScan(pool: Pool, clusterId: number, trigger: string, owner: string, isFirst = false): Promise<ScanRecord> {
  return inTransaction(pool, async (client) => {
    const cluster = await client.query("SELECT 1 FROM cluster WHERE id = $1 FOR UPDATE", [clusterId]);
    if (cluster.rowCount === 0) throw new AppError("not-found", "This cluster is not known.");
    if (await isBeingScanned(client, clusterId)) throw new AppError("conflict", "This cluster is being scanned already.");
    const known = isFirst ? await client.query("SELECT 1 FROM snapshot WHERE cluster_id = $1 LIMIT 1", [clusterId]) : null;
    if ((known?.rowCount ?? 0) > 0) throw new AppError("conflict", "This cluster was scanned meanwhile.");
    await client.query(FORGET_OLD, [clusterId, CLOCK_TOLERANCE_MS]);
    const { rows } = await client.query<ScanRecord>(
      `INSERT INTO scan (id, cluster_id, state, trigger, started_at, lease_until, owner) VALUES ($1, $2, 'running', $3, now(), now() + ${LEASE}, $4) RETURNING ${COLUMNS}`,
      [randomUUID(), clusterId, trigger, owner],
    );
    const scan = rows[0];
    if (scan === undefined) throw new AppError("internal", "The scan was not stored.");
    return scan;
  });
}

/** Extends the lease and stores the progress. False = the scan was cancelled or taken over: stop. */
export async function renewScan(pool: Pool, scanId: string, progress: unknown): Promise<boolean> {
  const { rowCount } = await pool.query(`UPDATE scan SET lease_until = now() + ${LEASE}, progress = $2::jsonb WHERE id = $1 AND state = 'running'`, [
    scanId,
    JSON.stringify(progress),
  ]);
  return rowCount === 1;
}

/**
 * Keeps a scan as it is to the end of the transaction. Throws conflict when it is over already: cancelled, or, while its process stood still, ended by another
 * server, which may be scanning by now. What it read is as old as that.
 */
export async function requireRunning(client: PoolClient, scanId: string): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM scan WHERE id = $1 AND state = 'running' FOR SHARE", [scanId]);
  if (rowCount === 0) throw new AppError("conflict", "The scan was ended before it was finished, so nothing of it was stored.");
}

/** Ends a running scan; one that is over already stays as it is. Resolves with the state that stands; null = the scan is not known any more. */
export async function finishScan(
  pool: Pool,
  scanId: string,
  result: { readonly state: "done" | "failed" | "cancelled"; readonly error?: string; readonly snapshotSeq?: number; readonly progress?: unknown },
): Promise<ScanState | null> {
  const { rows } = await pool.query<{ state: ScanState }>(
    `WITH ended AS (
       UPDATE scan SET state = $2, finished_at = now(), lease_until = NULL, error = $3, snapshot_seq = $4, progress = coalesce($5::jsonb, progress)
       WHERE id = $1 AND state = 'running' RETURNING state)
     SELECT state FROM ended UNION ALL SELECT state FROM scan WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM ended)`,
    [scanId, result.state, result.error ?? null, result.snapshotSeq ?? null, result.progress === undefined ? null : JSON.stringify(result.progress)],
  );
  return rows[0]?.state ?? null;
}

/** Asks whoever runs the scan to stop: its next `renewScan` says so. False = it was over already. */
export async function cancelScan(pool: Pool, scanId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "UPDATE scan SET state = 'cancelled', finished_at = now(), lease_until = NULL WHERE id = $1 AND state IN ('queued', 'running')",
    [scanId],
  );
  return rowCount === 1;
}

/**
 * Few run, whatever the cluster: in a step of its own, that index is used without statistics, too. The others read one row, however many scans there were:
 * with its limit, what is read of one cluster stays a step of its own as well.
 */
const LATEST = `WITH running AS MATERIALIZED (SELECT id, cluster_id FROM scan WHERE state = 'running')
  SELECT latest.* FROM unnest($1::bigint[]) asked(cluster) CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM scan WHERE id = coalesce(
      (SELECT id FROM running WHERE cluster_id = asked.cluster LIMIT 1),
      (SELECT id FROM scan WHERE cluster_id = asked.cluster AND created_at <= now() + $2 * interval '1 millisecond' ORDER BY created_at DESC LIMIT 1),
      (SELECT id FROM scan WHERE cluster_id = asked.cluster ORDER BY created_at DESC LIMIT 1)) LIMIT 1) latest`;

/** The running scan of each of these clusters, else its last one: what a clock that was wrong dated into the future comes before all others. */
export async function listLatestScans(pool: Pool, clusterIds: readonly number[]): Promise<ReadonlyMap<number, ScanRecord>> {
  const { rows } = await pool.query<ScanRecord>(LATEST, [clusterIds, CLOCK_TOLERANCE_MS]);
  return new Map(rows.map((scan) => [scan.clusterId, scan]));
}

/** The same of one cluster. */
export async function findLatestScan(pool: Pool, clusterId: number): Promise<ScanRecord | null> {
  return (await listLatestScans(pool, [clusterId])).get(clusterId) ?? null;
}

/**
 * True when this scan failed and the one before it did not: an API server that was restarted is back in a minute, and two in a row may be what ends this one.
 * What was no doing of the cluster's is not counted among its own failures.
 */
export async function isWorthRetry(pool: Pool, { clusterId, createdAt, state, error }: ScanRecord): Promise<boolean> {
  if (state !== "failed") return false;
  const before = "SELECT state, error FROM scan WHERE cluster_id = $1 AND created_at < $2 ORDER BY created_at DESC LIMIT 1";
  const { rows } = await pool.query<Pick<ScanRecord, "state" | "error">>(before, [clusterId, createdAt]);
  const [last] = rows;
  return last?.state !== "failed" || (NOT_ITS_DOING.has(error) && !NOT_ITS_DOING.has(last.error));
}

/** The clock that dates scans: servers that share a database need not agree with it. */
export async function readClock(pool: Pool): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>("SELECT now() AS now");
  return rows[0]?.now ?? new Date();
}

/**
 * Ends the scans of processes that are gone: those whose lease is over, or `all` that are running, at the start of a database that nobody shares.
 * `except` names scans that are known to run: their lease may have waited for the database. Returns how many.
 */
export async function recoverScans(pool: Pool, { all, except = [] }: { readonly all: boolean; readonly except?: readonly string[] }): Promise<number> {
  const { rowCount } = await pool.query(`${END_LOST} AND ($1 OR ${LEASE_IS_OVER}) AND NOT id = ANY($2::uuid[])`, [all, except]);
  return rowCount ?? 0;
}
