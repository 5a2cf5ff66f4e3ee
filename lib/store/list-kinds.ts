import "server-only";
import type { Pool } from "pg";

/** Every kind that has an object as of a snapshot. */
export async function listKinds(pool: Pool, clusterId: number, seq: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT DISTINCT r.kind FROM resource r JOIN resource_version v ON v.resource_id = r.id
     WHERE v.cluster_id = $1 AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2) ORDER BY r.kind`,
    [clusterId, seq],
  );
  return rows.map((row) => row.kind);
}
