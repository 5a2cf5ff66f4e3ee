import "server-only";
import type { Pool } from "pg";

/** Every kind that has an object as of a snapshot. */
export async function listKinds(pool: Pool, clusterId: number, seq: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    "SELECT DISTINCT kind FROM resource WHERE cluster_id = $1 AND first_seq <= $2 AND (gone_seq IS NULL OR gone_seq > $2) ORDER BY kind",
    [clusterId, seq],
  );
  return rows.map((row) => row.kind);
}
