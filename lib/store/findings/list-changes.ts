import "server-only";
import type { Pool } from "pg";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { type FindingRecord, loadFindingRecords } from "./finding-record";
import { NEVER_JUDGED } from "./never-judged";
import { BEGINS, WHY_OPENED, WHY_REGRADED } from "./why-opened";

const KINDS = [
  "new",
  "reopened",
  /** Nobody could tell at the start whether it fails. */
  "assessed",
  /** It failed at the start too, where a graver finding showed the same. */
  "uncovered",
  "opened-by-settings",
  "new-control",
  "opened-by-control",
  "worsened",
  "worsened-by-settings",
  "worsened-by-control",
  "fixed",
  "gone",
  "other-closed",
] as const;
export type ChangeKind = (typeof KINDS)[number];

export interface FindingChange {
  readonly change: ChangeKind;
  readonly finding: FindingRecord;
}

export interface ChangeLedger {
  readonly counts: Readonly<Record<Scope, Readonly<Record<ChangeKind, number>>>>;
  /** Worst first, at most `limit` per kind and scope. */
  readonly changes: readonly FindingChange[];
}

/** `cause` = why it opened; null where an earlier span tells. */
const FAILING = `id, finding_id, severity, scope, CASE WHEN ${BEGINS("s")} THEN opened_cause END AS cause FROM finding_span s`;

/** Why the finding of span `b` opened there last; looked up for the few that became another span since. */
const OPENED_CAUSE = `coalesce(b.cause, (SELECT opened_cause FROM finding_span s
      WHERE finding_id = b.finding_id AND scope = b.scope AND opened_seq > $2 AND opened_seq <= $3 AND ${BEGINS("s")} ORDER BY opened_seq DESC LIMIT 1))`;

/** The span that failed at the start in the scope of `of`. */
const FAILED_BEFORE = (of: string) =>
  `finding_id = ${of}.finding_id AND opened_seq <= $2 AND (closed_seq IS NULL OR closed_seq > $2) AND state = 'fail' AND scope = ${of}.scope`;

/**
 * Per finding and scope: the failing span at each end, whichever exists, and what became of it; of several ends the last, which is why it does not fail
 * now. The start is looked up for what changed only, so that the cost is that of the change.
 */
const SQL = `WITH b AS (
    SELECT ${FAILING} WHERE cluster_id = $1 AND opened_seq > $2 AND opened_seq <= $3 AND closed_seq IS NULL AND state = 'fail'
    UNION ALL SELECT ${FAILING}
      WHERE cluster_id = $1 AND opened_seq > $2 AND opened_seq <= $3 AND closed_seq > $3 AND state = 'fail'
  ), ended AS (
    SELECT DISTINCT ON (s.finding_id, s.scope) s.id, s.finding_id, s.severity, s.scope, s.closed_cause FROM finding_span s
    WHERE s.cluster_id = $1 AND s.closed_seq > $2 AND s.closed_seq <= $3 AND s.state = 'fail'
    ORDER BY s.finding_id, s.scope, s.closed_seq DESC
  ), rank AS (SELECT * FROM unnest(ARRAY['critical','high','medium','low','info'], ARRAY[0,1,2,3,4]) AS r(severity, rank)),
  changed AS (
    SELECT b.id, b.severity, b.scope, CASE WHEN a.severity IS NOT NULL THEN CASE ${WHY_REGRADED("f.id")}
          WHEN 'settings' THEN 'worsened-by-settings' WHEN 'reweighted' THEN 'worsened-by-settings'
          WHEN 'regraded' THEN 'worsened-by-control' WHEN 'new-control' THEN 'worsened-by-control' WHEN 'new-catalogue' THEN 'worsened-by-control'
          ELSE 'worsened' END
        ELSE CASE ${WHY_OPENED(OPENED_CAUSE)} WHEN 'settings' THEN 'opened-by-settings' WHEN 'new-control' THEN 'new-control'
          WHEN 'new-catalogue' THEN 'opened-by-control' WHEN 'assessed' THEN 'assessed' WHEN 'uncovered' THEN 'uncovered'
          ELSE CASE WHEN f.first_seq > $2 OR ${NEVER_JUDGED("$2")} THEN 'new' ELSE 'reopened' END END END AS change
    FROM b JOIN finding f ON f.id = b.finding_id JOIN resource r ON r.id = f.resource_id
    LEFT JOIN LATERAL (
      SELECT severity FROM finding_span WHERE f.first_seq <= $2 AND ${FAILED_BEFORE("b")} LIMIT 1
    ) a ON true
    WHERE a.severity IS NULL OR (SELECT rank FROM rank WHERE severity = b.severity) < (SELECT rank FROM rank WHERE severity = a.severity)
    UNION ALL
    SELECT e.id, e.severity, e.scope, CASE e.closed_cause WHEN 'fixed' THEN 'fixed' WHEN 'resource-gone' THEN 'gone' ELSE 'other-closed' END
    FROM ended e WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.finding_id = e.finding_id AND b.scope = e.scope)
      AND EXISTS (SELECT 1 FROM finding_span WHERE ${FAILED_BEFORE("e")})
  )
  SELECT id, change, scope, count(*) OVER (PARTITION BY change, scope) AS of_kind, row_number() OVER (PARTITION BY change, scope ORDER BY rank, id DESC) AS place
  FROM changed JOIN rank USING (severity)`;

/** Between which snapshots. */
export interface ChangeRange {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The kinds (`group/Kind`) that the first of them did not read; `group/Kind control` = of which that control told nothing. */
  readonly unread: readonly string[];
  /** `group/Kind control` = told by that control all the same. Left out = nothing. */
  readonly told?: readonly string[];
}

/** What changed among failing findings between two snapshots, at most `limit` of a kind and scope; what is not wanted is counted alone. */
export async function listChanges(
  pool: Pool,
  clusterId: number,
  { fromSeq, toSeq, unread, told = [] }: ChangeRange,
  limit: number,
  isWanted: (change: ChangeKind, scope: Scope) => boolean = () => true,
): Promise<ChangeLedger> {
  const { rows } = await pool.query<{ id: number; change: ChangeKind; scope: Scope; of_kind: number; place: number }>(
    `SELECT * FROM (${SQL}) AS ranked WHERE place <= greatest($6::int, 1) ORDER BY place`,
    [clusterId, fromSeq, toSeq, unread, told, limit],
  );
  const countOf = (scope: Scope, kind: ChangeKind): number => rows.find((row) => row.scope === scope && row.change === kind)?.of_kind ?? 0;
  const countsOf = (scope: Scope) => Object.fromEntries(KINDS.map((kind) => [kind, countOf(scope, kind)])) as Record<ChangeKind, number>;
  const counts = Object.fromEntries(SCOPES.map((scope) => [scope, countsOf(scope)])) as Record<Scope, Record<ChangeKind, number>>;
  const shown = limit > 0 ? rows.filter(({ change, scope }) => isWanted(change, scope)) : [];
  const records = await loadFindingRecords(
    pool,
    clusterId,
    shown.map((row) => row.id),
    toSeq,
  );
  const byId = new Map(records.map((finding) => [finding.spanId, finding]));
  const changes = shown.flatMap(({ id, change }) => {
    const finding = byId.get(id);
    return finding === undefined ? [] : [{ change, finding }];
  });
  return { counts, changes };
}
