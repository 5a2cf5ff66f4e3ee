import "server-only";
import type { Pool } from "pg";

/** Open failing findings of the workload scope by age and severity, as of a snapshot taken at `at`. */
export async function countByAge(pool: Pool, clusterId: number, seq: number, at: Date): Promise<readonly { readonly bin: string; readonly severity: string; readonly count: number }[]> {
  const { rows } = await pool.query(
    `SELECT CASE WHEN $3::timestamptz - o.taken_at < interval '8 days' THEN '0-7' WHEN $3 - o.taken_at < interval '31 days' THEN '8-30'
       WHEN $3 - o.taken_at < interval '91 days' THEN '31-90' WHEN $3 - o.taken_at < interval '181 days' THEN '91-180' ELSE 'over-180' END AS bin,
       s.severity, count(*)::int AS count
     FROM finding_span s JOIN snapshot o ON o.cluster_id = s.cluster_id AND o.seq = s.open_since_seq
     JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id AND r.scope = 'workload'
     WHERE s.cluster_id = $1 AND s.opened_seq <= $2 AND (s.closed_seq IS NULL OR s.closed_seq > $2) AND s.state = 'fail' GROUP BY 1, 2`,
    [clusterId, seq, at],
  );
  return rows;
}

/** Median days from opening to fix, of findings fixed in the 90 days before `at`. Findings whose object went away do not count. */
export async function listTimesToFix(pool: Pool, clusterId: number, seq: number, at: Date): Promise<readonly { readonly severity: string; readonly medianDays: number; readonly fixed: number }[]> {
  const { rows } = await pool.query(
    `SELECT s.severity, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.taken_at - o.taken_at) / 86400)::float8 AS "medianDays", count(*)::int AS fixed
     FROM finding_span s JOIN snapshot o ON o.cluster_id = s.cluster_id AND o.seq = s.open_since_seq
     JOIN snapshot c ON c.cluster_id = s.cluster_id AND c.seq = s.closed_seq
     WHERE s.cluster_id = $1 AND s.closed_seq <= $2 AND s.state = 'fail' AND s.closed_cause = 'fixed' AND c.taken_at > $3::timestamptz - interval '90 days'
     GROUP BY s.severity`,
    [clusterId, seq, at],
  );
  return rows;
}
