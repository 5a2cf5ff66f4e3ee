import "server-only";
import type { Pool } from "pg";
import type { SnapshotCounts } from "../commit/commit-input";
import { heldBy } from "./held-by";

/** What charts over time need of a snapshot. */
export interface LoggedSnapshot {
  readonly seq: number;
  readonly takenAtMs: number;
  readonly catalogueVersion: string;
  readonly kubeVersion: string | null;
  readonly scopeHash: string;
  readonly coverageId: number;
  readonly counts: SnapshotCounts;
}

/** Both by seq. Snapshots never change, so only later ones are read again: a trend costs what is new, not what it shows. */
interface Log {
  readonly snapshots: LoggedSnapshot[];
  readonly times: number[];
}

/** Of all clusters together: some 60 MB. What is over is forgotten, and read again when asked for. */
const MAX_SNAPSHOTS = 50_000;
const caches = heldBy<Pool, Map<number, Log>>("snapshot-log", () => new Map());

const SQL = `SELECT seq, (extract(epoch FROM taken_at) * 1000)::float8 AS "takenAtMs", catalogue_version AS "catalogueVersion", kube_version AS "kubeVersion",
  scope_hash AS "scopeHash", coverage_id AS "coverageId", counts
  FROM snapshot WHERE cluster_id = $1 AND seq >= $2 ORDER BY seq`;

async function loadLog(pool: Pool, clusterId: number, seq: number): Promise<Log> {
  const cache = caches(pool);
  const log = cache.get(clusterId) ?? { snapshots: [], times: [] };
  cache.set(clusterId, log);
  if (log.times[seq] !== undefined) return log;
  const held = [...cache.values()].reduce((sum, { times }) => sum + times.length, 0);
  if (held > MAX_SNAPSHOTS) for (const other of cache.keys()) if (other !== clusterId) cache.delete(other);
  const { rows } = await pool.query<LoggedSnapshot>(SQL, [clusterId, log.times.length]);
  for (const row of rows) {
    log.snapshots[row.seq] = row;
    log.times[row.seq] = row.takenAtMs;
  }
  return log;
}

/** The snapshots `fromSeq` to `toSeq`, oldest first. */
export async function loadSnapshotLog(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<readonly LoggedSnapshot[]> {
  return (await loadLog(pool, clusterId, toSeq)).snapshots.slice(Math.max(fromSeq, 1), toSeq + 1);
}

/** When each snapshot was taken, epoch ms: `times[seq]` for every seq up to at least `seq`. */
export async function loadSnapshotTimes(pool: Pool, clusterId: number, seq: number): Promise<readonly number[]> {
  return (await loadLog(pool, clusterId, seq)).times;
}

/** The last snapshot taken at or before an instant (epoch ms), among those up to `seq`, whatever the dates of later ones; the first one when all are later. */
export async function findSeqAt(pool: Pool, clusterId: number, instantMs: number, seq: number): Promise<number> {
  const times = await loadSnapshotTimes(pool, clusterId, seq);
  let found = 1;
  // A snapshot that a clock dated which was ahead, and that is not redated yet, may be younger than the one after it.
  for (let at = 2; at <= seq; at += 1) {
    const [timeMs = Number.POSITIVE_INFINITY, foundMs = 0] = [times[at], times[found]];
    if (timeMs <= instantMs && (timeMs >= foundMs || foundMs > instantMs)) found = at;
  }
  return found;
}
