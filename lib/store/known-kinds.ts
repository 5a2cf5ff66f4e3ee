import "server-only";
import type { Pool } from "pg";

/** `group/Kind` of every resource of a cluster that is not gone, or `ever` was there. */
export async function listKnownKinds(pool: Pool, clusterId: number, { ever = false } = {}): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    "SELECT DISTINCT api_group || '/' || kind AS kind FROM resource WHERE cluster_id = $1 AND (gone_seq IS NULL OR $2)",
    [clusterId, ever],
  );
  return rows.map((row) => row.kind);
}
