import "server-only";
import type { Pool } from "pg";
import { BEGINS } from "./begins";
import { NEVER_JUDGED } from "./never-judged";

/** Failing findings that opened or closed between two snapshots, counted per control, scope and cause. */
export interface ChangeCount {
  readonly control: string;
  readonly scope: string;
  readonly change: "opened" | "closed";
  /** An `OpenedCause` or `ClosedCause`; `new-resource` also of what opened later than its object came. */
  readonly cause: string;
  readonly severity: string;
  readonly layer: string;
  /** Never seen before `since`; false = it had been there and came back. */
  readonly isNew: boolean;
  readonly count: number;
}

const OPEN = (seq: string) => `(s.opened_seq <= ${seq} AND (s.closed_seq IS NULL OR s.closed_seq > ${seq}) AND s.state = 'fail')`;

const SPAN = "finding_id, opened_seq, closed_seq, open_since_seq, scope, state, severity, opened_cause, closed_cause FROM finding_span";

/**
 * `since` < `seq`. Spans that began or ended in between tell all: a finding has one open span at a time, so whoever has none of these did not
 * move. A finding that was fixed and came back in between counts as neither; one that passed from one scope to the other left the one and entered the other.
 */
export async function countChanges(pool: Pool, clusterId: number, since: number, seq: number): Promise<readonly ChangeCount[]> {
  const { rows } = await pool.query<ChangeCount>(
    `WITH s AS (
       SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq > $2 AND closed_seq <= $3
       UNION ALL SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq IS NULL AND opened_seq > $2 AND opened_seq <= $3
       UNION ALL SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq > $3 AND opened_seq > $2 AND opened_seq <= $3),
     touched AS (
       SELECT s.finding_id, s.scope, bool_or(${OPEN("$2")}) AS before, bool_or(${OPEN("$3")}) AS after,
         (array_agg(s.severity ORDER BY s.opened_seq DESC) FILTER (WHERE s.state = 'fail'))[1] AS severity,
         (array_agg(s.opened_cause ORDER BY s.opened_seq DESC) FILTER (WHERE s.opened_seq > $2 AND ${BEGINS("s")}))[1] AS opened_cause,
         (array_agg(s.closed_cause ORDER BY s.closed_seq DESC) FILTER (WHERE s.closed_seq <= $3 AND s.state = 'fail'))[1] AS closed_cause
       FROM s GROUP BY s.finding_id, s.scope)
     SELECT f.control_id AS control, t.scope, f.layer, t.severity, CASE WHEN t.after THEN 'opened' ELSE 'closed' END AS change,
       coalesce(CASE WHEN t.after THEN CASE WHEN r.first_seq > $2 THEN 'new-resource' ELSE t.opened_cause END ELSE t.closed_cause END, 'changed') AS cause,
       f.first_seq > $2 OR ${NEVER_JUDGED("$2")} AS "isNew", count(*)::int AS count
     FROM touched t JOIN finding f ON f.id = t.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE t.before <> t.after GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    [clusterId, since, seq],
  );
  return rows;
}
