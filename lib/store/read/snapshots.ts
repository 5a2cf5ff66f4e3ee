import "server-only";
import type { Pool } from "pg";
import type { KindCoverage } from "@/lib/model/coverage";
import type { SnapshotCounts } from "../commit/commit-input";

export interface SnapshotRecord {
  readonly seq: number;
  readonly takenAt: Date;
  readonly durationMs: number;
  readonly trigger: string;
  readonly kubeVersion: string | null;
  readonly catalogueVersion: string;
  readonly scopeHash: string;
  readonly facts: Readonly<Record<string, number>>;
  readonly counts: SnapshotCounts;
  readonly scores: unknown;
  readonly gaps: number;
}

const SELECT = `SELECT s.seq, s.taken_at, s.duration_ms, s.trigger, s.kube_version, s.catalogue_version, s.scope_hash, s.facts, s.counts, x.body AS scores,
    (SELECT count(*)::int FROM coverage_set g, jsonb_array_elements(CASE jsonb_typeof(g.body) WHEN 'array' THEN g.body ELSE g.body->'kinds' END) k
      WHERE g.id = s.coverage_id AND k->>'status' NOT IN ('read', 'absent', 'not-requested')) AS gaps
  FROM snapshot s JOIN score_set x ON x.id = s.score_id`;

interface SnapshotRow {
  readonly seq: number;
  readonly taken_at: Date;
  readonly duration_ms: number;
  readonly trigger: string;
  readonly kube_version: string | null;
  readonly catalogue_version: string;
  readonly scope_hash: string;
  readonly facts: Readonly<Record<string, number>>;
  readonly counts: SnapshotCounts;
  readonly scores: unknown;
  readonly gaps: number;
}

function toRecord(row: SnapshotRow): SnapshotRecord {
  return {
    seq: row.seq,
    takenAt: row.taken_at,
    durationMs: row.duration_ms,
    trigger: row.trigger,
    kubeVersion: row.kube_version,
    catalogueVersion: row.catalogue_version,
    scopeHash: row.scope_hash,
    facts: row.facts,
    counts: row.counts,
    scores: row.scores,
    gaps: row.gaps,
  };
}

async function select(pool: Pool, rest: string, values: readonly unknown[]): Promise<SnapshotRecord[]> {
  const { rows } = await pool.query<SnapshotRow>(`${SELECT} ${rest}`, [...values]);
  return rows.map(toRecord);
}

export async function findLatestSnapshot(pool: Pool, clusterId: number): Promise<SnapshotRecord | null> {
  return (await select(pool, "WHERE s.cluster_id = $1 ORDER BY s.seq DESC LIMIT 1", [clusterId]))[0] ?? null;
}

export async function findSnapshot(pool: Pool, clusterId: number, seq: number): Promise<SnapshotRecord | null> {
  return (await select(pool, "WHERE s.cluster_id = $1 AND s.seq = $2", [clusterId, seq]))[0] ?? null;
}

/** The newest snapshot at or before an instant; the oldest one when all are later. */
export async function findSnapshotNear(pool: Pool, clusterId: number, instant: Date): Promise<SnapshotRecord | null> {
  const before = await select(pool, "WHERE s.cluster_id = $1 AND s.taken_at <= $2 ORDER BY s.seq DESC LIMIT 1", [clusterId, instant]);
  return before[0] ?? (await select(pool, "WHERE s.cluster_id = $1 ORDER BY s.seq LIMIT 1", [clusterId]))[0] ?? null;
}

/** Newest first, before a sequence number. */
export async function listSnapshots(pool: Pool, clusterId: number, page: { readonly before: number | null; readonly limit: number }): Promise<readonly SnapshotRecord[]> {
  return select(pool, "WHERE s.cluster_id = $1 AND ($2::int IS NULL OR s.seq < $2) ORDER BY s.seq DESC LIMIT $3", [clusterId, page.before, page.limit]);
}

/**
 * At most `limit` snapshots of a period, oldest first, spread over it: the last one of each bucket stands for it, and snapshots
 * that changed catalogue, version or coverage are never dropped.
 */
export async function listTrendSnapshots(pool: Pool, clusterId: number, period: { readonly fromSeq: number; readonly toSeq: number; readonly limit: number }): Promise<readonly SnapshotRecord[]> {
  return select(
    pool,
    `JOIN (SELECT seq AS picked FROM (
        SELECT seq, row_number() OVER w AS nth, lead(seq) OVER w IS NULL AS is_last,
          catalogue_version IS DISTINCT FROM lag(catalogue_version) OVER w OR coverage_id IS DISTINCT FROM lag(coverage_id) OVER w
          OR kube_version IS DISTINCT FROM lag(kube_version) OVER w AS is_step
        FROM snapshot WHERE cluster_id = $1 AND seq BETWEEN $2 AND $3 WINDOW w AS (ORDER BY seq)) t
      WHERE is_step OR is_last OR nth % greatest(1, (($3::int - $2::int + 1) / $4::int)) = 0) p ON p.picked = s.seq
     WHERE s.cluster_id = $1 AND s.seq BETWEEN $2 AND $3 ORDER BY s.seq`,
    [clusterId, period.fromSeq, period.toSeq, period.limit],
  );
}

/** What could be read in a snapshot, kind by kind. */
export async function getCoverage(pool: Pool, clusterId: number, seq: number): Promise<readonly KindCoverage[]> {
  const { rows } = await pool.query<{ body: readonly KindCoverage[] | { readonly kinds: readonly KindCoverage[] } }>(
    "SELECT g.body FROM snapshot s JOIN coverage_set g ON g.id = s.coverage_id WHERE s.cluster_id = $1 AND s.seq = $2",
    [clusterId, seq],
  );
  const body = rows[0]?.body ?? [];
  return "kinds" in body ? body.kinds : body;
}
