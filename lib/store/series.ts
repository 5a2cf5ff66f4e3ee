import "server-only";
import type { Pool } from "pg";
import type { SeriesPoint } from "./snapshots";

const MAX_POINTS = 400;

interface Bucket {
  readonly seq: number;
  readonly openedWorkload: number;
  readonly openedPlatform: number;
  readonly closedWorkload: number;
  readonly closedPlatform: number;
}

export interface SeriesRange {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** At most 400, the default. */
  readonly maxPoints?: number;
}

/** The last snapshot of each of `$4` equal stretches of time, and the sums of what opened and closed in it. */
const BUCKETS = `WITH range AS MATERIALIZED (
    SELECT extract(epoch FROM min(taken_at))::float8 AS first, greatest(extract(epoch FROM max(taken_at) - min(taken_at)), 1)::float8 AS span
    FROM snapshot WHERE cluster_id = $1 AND seq BETWEEN $2 AND $3
  ), placed AS MATERIALIZED (
    SELECT seq, counts, least(floor((extract(epoch FROM taken_at)::float8 - (SELECT first FROM range)) * $4::int / (SELECT span FROM range)), $4::int - 1) AS bucket
    FROM snapshot WHERE cluster_id = $1 AND seq BETWEEN $2 AND $3
  )
  SELECT max(seq) AS seq, sum((counts #>> '{opened,workload}')::int)::int AS "openedWorkload", sum((counts #>> '{opened,platform}')::int)::int AS "openedPlatform",
    sum((counts #>> '{closed,workload}')::int)::int AS "closedWorkload", sum((counts #>> '{closed,platform}')::int)::int AS "closedPlatform"
  FROM placed GROUP BY bucket`;

const SNAPSHOTS = `SELECT seq, taken_at AS "takenAt", started_at AS "startedAt", duration_ms AS "durationMs", trigger, kube_version AS "kubeVersion",
    catalogue_version AS "catalogueVersion", scope_hash AS "scopeHash", facts, counts, score_id AS "scoreId"
  FROM snapshot WHERE cluster_id = $1 AND seq = ANY($2::int[]) ORDER BY seq`;

type SnapshotRow = Omit<SeriesPoint, "scores" | "openedSum" | "closedSum"> & { readonly scoreId: number };

/** Snapshots of a range, thinned evenly over time, oldest first; the last one is always there. */
export async function listSeries(pool: Pool, clusterId: number, range: SeriesRange): Promise<SeriesPoint[]> {
  const maxPoints = Math.min(range.maxPoints ?? MAX_POINTS, MAX_POINTS);
  const buckets = await pool.query<Bucket>(BUCKETS, [clusterId, range.fromSeq, range.toSeq, maxPoints]);
  const bySeq = new Map(buckets.rows.map((bucket) => [bucket.seq, bucket]));
  const { rows } = await pool.query<SnapshotRow>(SNAPSHOTS, [clusterId, [...bySeq.keys()]]);
  const scoreIds = [...new Set(rows.map((row) => row.scoreId))];
  const scores = await pool.query<{ id: number; body: unknown }>("SELECT id, body FROM score_set WHERE id = ANY($1::bigint[])", [scoreIds]);
  const bodies = new Map(scores.rows.map((row) => [row.id, row.body]));
  return rows.map(({ scoreId, ...row }) => {
    const bucket = bySeq.get(row.seq);
    return {
      ...row,
      scores: bodies.get(scoreId) ?? null,
      openedSum: { workload: bucket?.openedWorkload ?? 0, platform: bucket?.openedPlatform ?? 0 },
      closedSum: { workload: bucket?.closedWorkload ?? 0, platform: bucket?.closedPlatform ?? 0 },
    };
  });
}

interface EventRow {
  readonly seq: number;
  readonly takenAt: Date;
  readonly catalogue: string | null;
  readonly version: string | null;
  readonly isScope: boolean;
  readonly isCoverage: boolean;
  readonly isFirst: boolean;
}

export interface SnapshotEvent {
  readonly seq: number;
  readonly takenAt: Date;
  readonly kind: "first-scan" | "catalogue" | "scope" | "version" | "coverage";
  /** The new catalogue or Kubernetes version; empty for the others. */
  readonly label: string;
}

/** Where something changed that explains a step in a chart. */
export async function listEvents(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<SnapshotEvent[]> {
  const { rows } = await pool.query<EventRow>(
    `SELECT seq, taken_at AS "takenAt", before IS NULL AS "isFirst", CASE WHEN catalogue_version IS DISTINCT FROM catalogue_before THEN catalogue_version END AS catalogue,
       CASE WHEN kube_version IS DISTINCT FROM version_before THEN coalesce(kube_version, '') END AS version, coverage_id IS DISTINCT FROM coverage_before AS "isCoverage",
       scope_hash IS DISTINCT FROM scope_before AS "isScope"
     FROM (SELECT seq, taken_at, catalogue_version, kube_version, coverage_id, scope_hash, lag(seq) OVER w AS before, lag(catalogue_version) OVER w AS catalogue_before,
         lag(kube_version) OVER w AS version_before, lag(coverage_id) OVER w AS coverage_before, lag(scope_hash) OVER w AS scope_before
       FROM snapshot WHERE cluster_id = $1 AND seq <= $3 WINDOW w AS (ORDER BY seq)) AS steps
     WHERE seq >= $2 AND (before IS NULL OR catalogue_version <> catalogue_before OR kube_version IS DISTINCT FROM version_before OR coverage_id <> coverage_before
       OR scope_hash <> scope_before) ORDER BY seq`,
    [clusterId, fromSeq, toSeq],
  );
  return rows.flatMap(({ seq, takenAt, isFirst, catalogue, version, isScope, isCoverage }): SnapshotEvent[] => {
    if (isFirst) return [{ seq, takenAt, kind: "first-scan", label: "" }];
    return [
      ...(catalogue === null ? [] : [{ seq, takenAt, kind: "catalogue" as const, label: catalogue }]),
      // Switching a control off changes both; it is one event.
      ...(isScope && catalogue === null ? [{ seq, takenAt, kind: "scope" as const, label: "" }] : []),
      ...(version === null ? [] : [{ seq, takenAt, kind: "version" as const, label: version }]),
      ...(isCoverage ? [{ seq, takenAt, kind: "coverage" as const, label: "" }] : []),
    ];
  });
}
