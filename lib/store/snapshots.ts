import "server-only";
import type { Pool } from "pg";
import { keepToHistory } from "./as-of/same-history";
import type { SnapshotCounts } from "./commit/commit-input";

/** One snapshot. `facts` is the JSON that the scan stored. */
export interface SnapshotRecord {
  readonly seq: number;
  readonly takenAt: Date;
  readonly durationMs: number;
  readonly trigger: string;
  readonly kubeVersion: string | null;
  readonly catalogueVersion: string;
  readonly scopeHash: string;
  readonly facts: unknown;
  readonly counts: SnapshotCounts;
}

/** Findings that opened or closed since the snapshot before. In the first none did: what it found was there when somebody looked first. */
export function movedIn({ seq, counts }: Pick<SnapshotRecord, "seq" | "counts">, change: "opened" | "closed"): SnapshotCounts["opened"] {
  return seq === 1 ? { workload: 0, platform: 0 } : counts[change];
}

type SnapshotMoment = Pick<SnapshotRecord, "seq" | "takenAt">;

const COLUMNS = `seq, taken_at AS "takenAt", duration_ms AS "durationMs", trigger, kube_version AS "kubeVersion",
  catalogue_version AS "catalogueVersion", scope_hash AS "scopeHash", facts, counts`;

async function findOne(pool: Pool, where: string, values: readonly unknown[]): Promise<SnapshotRecord | null> {
  const { rows } = await pool.query<SnapshotRecord>(`SELECT ${COLUMNS} FROM snapshot WHERE ${where}`, [...values]);
  return rows[0] ?? null;
}

/** Null = the cluster was never scanned. */
export async function findLatestSnapshot(pool: Pool, clusterId: number): Promise<SnapshotRecord | null> {
  const latest = await findOne(pool, "cluster_id = $1 ORDER BY seq DESC LIMIT 1", [clusterId]);
  await keepToHistory(pool, clusterId, latest);
  return latest;
}

/** The newest snapshot of every cluster, by its id, in one statement however many there are; those that were never scanned are left out. */
export async function listLatestSnapshots(pool: Pool): Promise<ReadonlyMap<number, SnapshotRecord>> {
  const { rows } = await pool.query<{ readonly clusterId: number } & (SnapshotRecord | { readonly seq: null })>(
    `SELECT cluster.id AS "clusterId", latest.* FROM cluster
     LEFT JOIN LATERAL (SELECT ${COLUMNS} FROM snapshot WHERE cluster_id = cluster.id ORDER BY seq DESC LIMIT 1) latest ON true`,
  );
  const newest = new Map<number, SnapshotRecord>();
  for (const { clusterId, ...snapshot } of rows) {
    const latest = snapshot.seq === null ? null : snapshot;
    await keepToHistory(pool, clusterId, latest);
    if (latest) newest.set(clusterId, latest);
  }
  return newest;
}

/** Null = the cluster has no snapshot of this number. */
export function findSnapshot(pool: Pool, clusterId: number, seq: number): Promise<SnapshotRecord | null> {
  return findOne(pool, "cluster_id = $1 AND seq = $2", [clusterId, seq]);
}

/** Newest first, older than `beforeSeq` when given. */
export async function listSnapshots(
  pool: Pool,
  clusterId: number,
  options: { readonly beforeSeq?: number; readonly limit: number },
): Promise<SnapshotRecord[]> {
  const { rows } = await pool.query<SnapshotRecord>(`SELECT ${COLUMNS} FROM snapshot WHERE cluster_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`, [
    clusterId,
    options.beforeSeq ?? 2_147_483_647,
    options.limit,
  ]);
  return rows;
}

/** The first and the last snapshot of a cluster, which are one where it has one; null = it was never scanned. */
export async function findHistoryEnds(pool: Pool, clusterId: number): Promise<{ readonly oldest: SnapshotMoment; readonly newest: SnapshotMoment } | null> {
  const sql = `SELECT seq, taken_at AS "takenAt" FROM snapshot WHERE cluster_id = $1
    AND seq IN ((SELECT min(seq) FROM snapshot WHERE cluster_id = $1), (SELECT max(seq) FROM snapshot WHERE cluster_id = $1)) ORDER BY seq`;
  const { rows } = await pool.query<SnapshotMoment>(sql, [clusterId]);
  const [oldest, newest] = [rows[0], rows.at(-1)];
  return oldest && newest ? { oldest, newest } : null;
}

/** The latest snapshots up to `seq` with no more than their name and time, newest first. */
export async function listMoments(
  pool: Pool,
  clusterId: number,
  seq: number,
  limit: number,
): Promise<Pick<SnapshotRecord, "seq" | "takenAt" | "catalogueVersion">[]> {
  const sql = `SELECT seq, taken_at AS "takenAt", catalogue_version AS "catalogueVersion"
    FROM snapshot WHERE cluster_id = $1 AND seq <= $2 ORDER BY seq DESC LIMIT $3`;
  return (await pool.query<Pick<SnapshotRecord, "seq" | "takenAt" | "catalogueVersion">>(sql, [clusterId, seq, limit])).rows;
}

/** The coverage that the scan stored with a snapshot; null when there is no such snapshot. */
export async function findCoverage(pool: Pool, clusterId: number, seq: number): Promise<unknown> {
  const sql = "SELECT c.body FROM snapshot s JOIN coverage_set c ON c.id = s.coverage_id WHERE s.cluster_id = $1 AND s.seq = $2";
  const { rows } = await pool.query<{ body: unknown }>(sql, [clusterId, seq]);
  return rows[0]?.body ?? null;
}

/** Of all snapshots with the same coverage the last one, newest first. */
export async function listLastOfEachCoverage(pool: Pool, clusterId: number): Promise<readonly number[]> {
  const sql = "SELECT max(seq) AS seq FROM snapshot WHERE cluster_id = $1 GROUP BY coverage_id ORDER BY seq DESC";
  const { rows } = await pool.query<{ seq: number }>(sql, [clusterId]);
  return rows.map(({ seq }) => seq);
}

/** Stored coverages by their id, in the order given. */
export async function loadCoverages(pool: Pool, ids: readonly number[]): Promise<ReadonlyMap<number, unknown>> {
  const { rows } = await pool.query<{ id: number; body: unknown }>("SELECT id, body FROM coverage_set WHERE id = ANY($1::bigint[])", [ids]);
  const bodies = new Map(rows.map(({ id, body }) => [id, body]));
  return new Map(ids.map((id) => [id, bodies.get(id) ?? null]));
}
