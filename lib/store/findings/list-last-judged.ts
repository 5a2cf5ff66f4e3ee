import "server-only";
import type { Pool } from "pg";

/** The snapshots in which what is stale now was assessed last, the newest first. A stale span follows another one where only the reason changed. */
const SQL = `SELECT DISTINCT (SELECT max(p.stale_since_seq) - 1 FROM finding_span p WHERE p.finding_id = s.finding_id AND p.stale_since_seq > p.opened_seq) AS seq
  FROM finding_span s WHERE s.cluster_id = $1 AND s.closed_seq IS NULL AND s.stale_since_seq IS NOT NULL ORDER BY seq DESC NULLS LAST`;

export async function listLastJudged(pool: Pool, clusterId: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ seq: number | null }>(SQL, [clusterId]);
  return rows.flatMap(({ seq }) => seq ?? []);
}
