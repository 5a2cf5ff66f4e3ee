import "server-only";
import type { Pool } from "pg";

/**
 * Every kind but these that has an object as of a snapshot. What is left after `but` is little: only its versions are looked up, object by object through
 * the index: as EXISTS the planner reads every version of the history once.
 */
export async function listKindsBut(pool: Pool, clusterId: number, seq: number, but: readonly string[]): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT DISTINCT r.kind FROM resource r WHERE r.cluster_id = $1 AND r.kind <> ALL($3::text[]) AND (
       SELECT v.id FROM resource_version v WHERE v.resource_id = r.id AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2) LIMIT 1) IS NOT NULL
     ORDER BY r.kind`,
    [clusterId, seq, but],
  );
  return rows.map((row) => row.kind);
}
