import "server-only";
import type { Pool } from "pg";
import type { Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { spansAnd } from "../as-of/spans-again";
import { NEVER_JUDGED } from "./never-judged";
import { BEGINS, WAS_COVERED, WHY_OPENED, WHY_REGRADED } from "./why-opened";

/** Between which snapshots: `fromSeq` < `toSeq`. */
export interface ChangeRange {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The kinds (`group/Kind`) that the first of them did not read; `group/Kind control` = of which that control told nothing. */
  readonly unread: readonly string[];
  /** `group/Kind control` = told by that control all the same. Left out = nothing. */
  readonly told?: readonly string[];
}

/** Failing findings of one control that opened, closed or got another severity between two snapshots for one cause. */
export interface ChangedFindings {
  readonly control: string;
  readonly scope: Scope;
  readonly change: "opened" | "closed" | "regraded";
  /**
   * An `OpenedCause` or `ClosedCause`, `replaced` instead of `resource-gone` where the object is there again at the end; `new-resource` also of what opened
   * later than its object came, `assessed` of what nobody could tell at the start, `new-name` of users and groups of whom nothing was known then.
   */
  readonly cause: string;
  /** At the end, or the last one. */
  readonly severity: Severity;
  /** At the start, of what got another one; null for the others. */
  readonly earlier: Severity | null;
  readonly layer: string;
  /** Never seen before `fromSeq`; false = it had been there and came back. */
  readonly isNew: boolean;
  readonly count: number;
  /** The spans that fail at the end, or did last; the newest first, at most `MOST_LISTED`. */
  readonly spanIds: readonly number[];
  /** Of each of these, its place among all that changed: the newest first, then by object and control, whatever ids a database gave. */
  readonly places: readonly number[];
}

/** Longer lists of what changed in one way are shown by nobody. */
const MOST_LISTED = 500;

/** Of what ended with its object: that came back, as it does when it is made anew. */
const IS_BACK = `(SELECT v.id FROM resource_version v WHERE v.resource_id = r.id AND v.from_seq <= $3 AND (v.to_seq IS NULL OR v.to_seq > $3) LIMIT 1) IS NOT NULL`;

const OPEN = (seq: string) => `(s.opened_seq <= ${seq} AND (s.closed_seq IS NULL OR s.closed_seq > ${seq}) AND s.state = 'fail')`;

const COLUMNS = "id, finding_id, opened_seq, closed_seq, open_since_seq, scope, state, severity, opened_cause, closed_cause";
const TOLD = `SELECT ${COLUMNS} FROM finding_span WHERE state <> 'unknown' AND cluster_id = $1`;

/** What nobody could tell did not fail. It is asked of a failure alone that goes on at the end and did not begin there: that may have begun as a question. */
const SQL = `WITH told AS (
    ${TOLD} AND closed_seq > $2 AND closed_seq <= $3
    UNION ALL ${TOLD} AND closed_seq IS NULL AND opened_seq > $2 AND opened_seq <= $3
    UNION ALL ${TOLD} AND closed_seq > $3 AND opened_seq > $2 AND opened_seq <= $3),
  s AS (
    SELECT * FROM told UNION ALL SELECT u.* FROM (
      SELECT DISTINCT finding_id FROM told s WHERE ${OPEN("$3")} AND s.opened_seq > $2 AND NOT ${BEGINS("s")}
        AND NOT EXISTS (SELECT FROM told b WHERE b.finding_id = s.finding_id AND b.scope = s.scope AND b.state = 'fail' AND b.opened_seq <= $2)) n
    CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM ${spansAnd()} v WHERE finding_id = n.finding_id AND state = 'unknown' AND opened_seq > $2 AND opened_seq <= $3) u),
  touched AS (
    SELECT s.finding_id, s.scope, bool_or(${OPEN("$2")}) AS before, bool_or(${OPEN("$3")}) AS after,
      (array_agg(s.id ORDER BY s.opened_seq DESC) FILTER (WHERE s.state = 'fail'))[1] AS span_id,
      (array_agg(s.severity ORDER BY s.opened_seq DESC) FILTER (WHERE s.state = 'fail'))[1] AS severity,
      (array_agg(s.severity) FILTER (WHERE ${OPEN("$2")}))[1] AS earlier,
      CASE WHEN bool_or(${WAS_COVERED("s")}) THEN 'uncovered'
        ELSE (array_agg(s.opened_cause ORDER BY s.opened_seq DESC) FILTER (WHERE s.opened_seq > $2 AND ${BEGINS("s")}))[1] END AS opened_cause,
      (array_agg(s.closed_cause ORDER BY s.closed_seq DESC) FILTER (WHERE s.closed_seq <= $3 AND s.state = 'fail'))[1] AS closed_cause,
      max(s.opened_seq) FILTER (WHERE s.opened_seq > $2 AND ${BEGINS("s")}) AS came, max(s.closed_seq) FILTER (WHERE s.closed_seq <= $3 AND s.state = 'fail') AS left_at,
      max(s.opened_seq) FILTER (WHERE s.state = 'fail') AS fails_since
    FROM s GROUP BY s.finding_id, s.scope),
  moved AS (
    SELECT *, before <> after AND bool_or(before) OVER own AND bool_or(after) OVER own AND max(left_at) OVER own <> max(came) OVER own AS is_moved
    FROM touched WINDOW own AS (PARTITION BY finding_id)),
  changed AS (
    SELECT f.control_id AS control, t.scope, f.layer, t.severity, CASE WHEN t.before AND t.after THEN t.earlier END AS earlier,
      CASE WHEN t.before AND t.after THEN 'regraded' WHEN t.after THEN 'opened' ELSE 'closed' END AS change,
      CASE WHEN t.before AND t.after THEN coalesce(${WHY_REGRADED("f.id")}, 'changed') WHEN t.is_moved THEN 'settings' WHEN t.after THEN ${WHY_OPENED("t.opened_cause")}
        WHEN t.closed_cause = 'resource-gone' AND ${IS_BACK} THEN 'replaced' ELSE coalesce(t.closed_cause, 'changed') END AS cause,
      f.first_seq > $2 OR ${NEVER_JUDGED("$2")} AS "isNew", t.span_id,
      row_number() OVER (ORDER BY t.fails_since DESC, r.key COLLATE "C", f.control_id COLLATE "C", f.locator COLLATE "C", t.scope) AS place
    FROM moved t JOIN finding f ON f.id = t.finding_id JOIN resource r ON r.id = f.resource_id
    WHERE t.before <> t.after OR (t.after AND t.earlier <> t.severity))
  SELECT control, scope, layer, severity, earlier, change, cause, "isNew", count(*)::int AS count,
    to_json((array_agg(span_id ORDER BY place))[1:${MOST_LISTED}]) AS "spanIds", to_json((array_agg(place ORDER BY place))[1:${MOST_LISTED}]) AS places
  FROM changed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;

const MAX_WEIGHT = 100_000;
const caches = heldBy<Pool, LruCache<readonly ChangedFindings[]>>(
  "changed-findings",
  () => new LruCache(MAX_WEIGHT, (all) => all.reduce((sum, { spanIds }) => sum + 2 + spanIds.length / 2, 10)),
);

/**
 * Spans that began or ended in between tell all: a finding has one open span at a time, so whoever has none of these did not move. A finding that was
 * fixed and came back in between counts as neither; one that passed from one scope to the other left the one and entered the other, which settings do where
 * it was mended in between. Never changes, so it is kept.
 */
export function loadChangedFindings(pool: Pool, clusterId: number, range: ChangeRange): Promise<readonly ChangedFindings[]> {
  const { fromSeq, toSeq, unread, told = [] } = range;
  const load = async () => (await pool.query<ChangedFindings>(SQL, [clusterId, fromSeq, toSeq, unread, told])).rows;
  return caches(pool).get(JSON.stringify([clusterId, fromSeq, toSeq, unread, told]), load);
}
