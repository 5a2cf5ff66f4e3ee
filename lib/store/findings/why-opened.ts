import { spansAnd } from "../as-of/spans-again";

/**
 * SQL: whether the span `s` begins an open period, or brings one into another scope; its cause is why the finding opened there. So does what was covered
 * at snapshot $2; of what failed only later, the reason is the one for which it did. What ended while it was covered begins nothing.
 */
export const BEGINS = (s: string) =>
  `(${s}.open_since_seq = ${s}.opened_seq OR ${s}.opened_cause = 'settings' OR (${s}.opened_cause = 'uncovered' AND ${s}.open_since_seq <= $2
    AND ${s}.closed_seq IS DISTINCT FROM ${s}.opened_seq))`;

/** SQL: whether the span `s` ends what was covered at snapshot $2, where it was not open by itself: whatever made it fail once more, it failed then. */
export const WAS_COVERED = (s: string) => `(${s}.closed_seq = ${s}.opened_seq AND ${s}.open_since_seq <= $2)`;

const KIND = "r.api_group || '/' || r.kind";
/** Who is no object of the cluster (a user) is filed with the first finding. */
const IS_STORED = "((SELECT v.id FROM resource_version v WHERE v.resource_id = r.id LIMIT 1) IS NOT NULL)";
const KIND_OF_CONTROL = `${KIND} || ' ' || f.control_id`;

/**
 * SQL: why the finding `f` on the resource `r` fails now and did not at snapshot $2, by the cause that was recorded. $4 are the kinds that were not read
 * then, $5 what was told all the same (`ChangeRange`). What nobody could tell then is `assessed`, new or not; rules that opened it come first, but of an
 * object that came later. What was covered then was there. Who is no stored object may always have been. What was unknown, and whether there is an object,
 * is asked finding by finding through the index: as EXISTS the planner reads every span and version of the history once.
 */
export const WHY_OPENED = (cause: string) => `CASE
    WHEN ${cause} IN ('settings', 'new-control', 'new-catalogue') AND (r.first_seq <= $2 OR r.first_seq = f.first_seq) THEN ${cause}
    WHEN (${KIND} = ANY($4::text[]) AND ${KIND_OF_CONTROL} <> ALL($5::text[])) OR ${KIND_OF_CONTROL} = ANY($4::text[]) OR (SELECT u.id FROM ${spansAnd()} u WHERE u.finding_id = f.id AND u.opened_seq <= $2
      AND (u.closed_seq IS NULL OR u.closed_seq > $2) AND u.state = 'unknown' LIMIT 1) IS NOT NULL THEN 'assessed'
    WHEN ${cause} = 'uncovered' THEN 'uncovered'
    WHEN r.first_seq > $2 AND ${KIND} <> ALL($4::text[]) AND ${IS_STORED} THEN 'new-resource'
    WHEN ${cause} = 'assessed' THEN 'changed-context'
    WHEN r.first_seq > $2 AND ${cause} = 'changed-context' AND NOT ${IS_STORED} THEN 'new-name'
    ELSE coalesce(${cause}, 'changed') END`;

/** SQL: why the finding with this id got the severity that it has at snapshot $3, where it had another one at $2; null = it changed, as while it was covered. */
export const WHY_REGRADED = (findingId: string) => `(SELECT nullif(g.opened_cause, 'uncovered') FROM (
    SELECT opened_seq, opened_cause, severity, lag(severity) OVER (ORDER BY opened_seq, id) AS earlier FROM finding_span
    WHERE finding_id = ${findingId} AND opened_seq <= $3 AND state = 'fail') g
  WHERE g.opened_seq > $2 AND g.severity <> g.earlier ORDER BY g.opened_seq DESC LIMIT 1)`;
