import "server-only";
import type { Pool } from "pg";
import type { TallyInput } from "./commit/commit-input";

const COLUMNS = `dimension, key, scope, n, failing, waived, unknown, subsumed, not_applicable AS "notApplicable", manual, stale, worst`;

/** The statistics of one dimension as of a snapshot. */
export async function listTallies(pool: Pool, clusterId: number, seq: number, dimension: string): Promise<TallyInput[]> {
  const where = "cluster_id = $1 AND dimension = $3 AND from_seq <= $2";
  const { rows } = await pool.query<TallyInput>(
    `SELECT ${COLUMNS} FROM tally WHERE ${where} AND to_seq IS NULL UNION ALL SELECT ${COLUMNS} FROM tally WHERE ${where} AND to_seq > $2`,
    [clusterId, seq, dimension],
  );
  return rows;
}

/** One key over time, oldest first: each row holds from its `fromSeq` until the next. */
export async function listTallyHistory(
  pool: Pool,
  clusterId: number,
  tally: { readonly dimension: string; readonly key: string; readonly scope: string },
  untilSeq: number,
): Promise<(TallyInput & { readonly fromSeq: number; readonly toSeq: number | null })[]> {
  const { rows } = await pool.query<TallyInput & { fromSeq: number; toSeq: number | null }>(
    `SELECT ${COLUMNS}, from_seq AS "fromSeq", to_seq AS "toSeq" FROM tally
     WHERE cluster_id = $1 AND dimension = $2 AND key = $3 AND scope = $4 AND from_seq <= $5 ORDER BY from_seq`,
    [clusterId, tally.dimension, tally.key, tally.scope, untilSeq],
  );
  return rows;
}
