import "server-only";
import type { Pool } from "pg";

/** SQL: the snapshot that assessed a stale finding last, by the finding's id. A stale span follows another one where only the reason changed. */
export const lastJudgedSeq = (findingId: string): string =>
  `(SELECT max(stale_since_seq) - 1 FROM finding_span WHERE finding_id = ${findingId} AND stale_since_seq > opened_seq)`;

const SQL = `SELECT DISTINCT ${lastJudgedSeq("s.finding_id")} AS seq
  FROM finding_span s WHERE s.cluster_id = $1 AND s.closed_seq IS NULL AND s.stale_since_seq IS NOT NULL ORDER BY seq DESC NULLS LAST`;

/** The snapshots in which what is stale now was assessed last, the newest first. */
export async function listLastJudged(pool: Pool, clusterId: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ seq: number | null }>(SQL, [clusterId]);
  return rows.flatMap(({ seq }) => seq ?? []);
}
