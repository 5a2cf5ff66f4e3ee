import "server-only";
import type { Pool } from "pg";
import type { Severity } from "@/lib/model/severity";
import { loadControlLayers } from "../as-of/control-layers";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import type { ChangeRange } from "./list-changes";
import { NEVER_JUDGED } from "./never-judged";
import { BEGINS, WHY_OPENED, WHY_REGRADED } from "./why-opened";

/** Failing findings that opened, closed or got another severity between two snapshots, counted per control, scope and cause. */
export interface ChangeCount {
  readonly control: string;
  readonly scope: string;
  readonly change: "opened" | "closed" | "regraded";
  /** An `OpenedCause` or `ClosedCause`; `new-resource` also of what opened later than its object came, `assessed` of what nobody could tell at the start. */
  readonly cause: string;
  /** At the end, or the last one. */
  readonly severity: Severity;
  readonly layer: string;
  /** Never seen before `fromSeq`; false = it had been there and came back. */
  readonly isNew: boolean;
  readonly count: number;
}

const OPEN = (seq: string) => `(s.opened_seq <= ${seq} AND (s.closed_seq IS NULL OR s.closed_seq > ${seq}) AND s.state = 'fail')`;

const SPAN = "finding_id, opened_seq, closed_seq, open_since_seq, scope, state, severity, opened_cause, closed_cause FROM finding_span";

const MAX_ROWS = 50_000;
const caches = heldBy<Pool, LruCache<readonly ChangeCount[]>>("change-counts", () => new LruCache(MAX_ROWS, (counts) => counts.length + 10));

/**
 * `fromSeq` < `toSeq`. Spans that began or ended in between tell all: a finding has one open span at a time, so whoever has none of these did not
 * move. A finding that was fixed and came back in between counts as neither; one that passed from one scope to the other left the one and entered the other. Never changes, so it is kept.
 */
export function countChanges(pool: Pool, clusterId: number, range: ChangeRange): Promise<readonly ChangeCount[]> {
  return caches(pool).get(JSON.stringify([clusterId, range]), () => read(pool, clusterId, range));
}

async function read(pool: Pool, clusterId: number, { fromSeq, toSeq, unread, told = [] }: ChangeRange): Promise<readonly ChangeCount[]> {
  const { rows } = await pool.query<ChangeCount>(
    `WITH s AS (
       SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq > $2 AND closed_seq <= $3
       UNION ALL SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq IS NULL AND opened_seq > $2 AND opened_seq <= $3
       UNION ALL SELECT ${SPAN} WHERE cluster_id = $1 AND closed_seq > $3 AND opened_seq > $2 AND opened_seq <= $3),
     touched AS (
       SELECT s.finding_id, s.scope, bool_or(${OPEN("$2")}) AS before, bool_or(${OPEN("$3")}) AS after,
         (array_agg(s.severity ORDER BY s.opened_seq DESC) FILTER (WHERE s.state = 'fail'))[1] AS severity,
         (array_agg(s.severity) FILTER (WHERE ${OPEN("$2")}))[1] AS earlier,
         (array_agg(s.opened_cause ORDER BY s.opened_seq DESC) FILTER (WHERE s.opened_seq > $2 AND ${BEGINS("s")}))[1] AS opened_cause,
         (array_agg(s.closed_cause ORDER BY s.closed_seq DESC) FILTER (WHERE s.closed_seq <= $3 AND s.state = 'fail'))[1] AS closed_cause
       FROM s GROUP BY s.finding_id, s.scope)
     SELECT f.control_id AS control, t.scope, f.layer, t.severity,
       CASE WHEN t.before AND t.after THEN 'regraded' WHEN t.after THEN 'opened' ELSE 'closed' END AS change,
       CASE WHEN t.before AND t.after THEN coalesce(${WHY_REGRADED("f.id")}, 'changed') WHEN t.after THEN ${WHY_OPENED("t.opened_cause")}
         ELSE coalesce(t.closed_cause, 'changed') END AS cause,
       f.first_seq > $2 OR ${NEVER_JUDGED("$2")} AS "isNew", count(*)::int AS count
     FROM touched t JOIN finding f ON f.id = t.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE t.before <> t.after OR (t.after AND t.earlier <> t.severity) GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    [clusterId, fromSeq, toSeq, unread, told],
  );
  const layers = await loadControlLayers(pool, clusterId, toSeq);
  return rows.map((row) => ({ ...row, layer: layers.get(row.control) ?? row.layer }));
}
