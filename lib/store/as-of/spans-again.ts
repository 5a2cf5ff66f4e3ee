import { hasId } from "../id-bits";

const HELD = ["cluster_id", "open_since_seq", "opened_cause", "closed_cause", "stale_since_seq", "stale_reason"];
const SAID = ["finding_id", "scope", "state", "severity", "reason", "evidence", "digest"].map((column) => `s.${column}`).join(", ");
const columnsOf = (row: string) => `${HELD.map((column) => `${row}.${column}`).join(", ")}, ${SAID}`;

const OWN = `SELECT s.id, s.opened_seq, s.closed_seq, NULL::bigint AS again_id, ${columnsOf("s")} FROM finding_span s`;
/** Nothing is looked for of a span of what was assessed. That both are of one cluster is left out: all spans of it would be read, not those of the ids. */
const AGAIN = `SELECT s.id, a.from_seq AS opened_seq, a.to_seq AS closed_seq, a.id AS again_id, ${columnsOf("a")}
  FROM span_again a JOIN finding_span s ON s.state = 'unknown' AND ${hasId("a", "spans", "s.id")}`;

/**
 * SQL, to follow FROM in the place of `finding_span`: its rows, and beside them each time that one held again, as a row with the same id, whose `again_id` is
 * that of `span_again`. At any moment an id holds once. Who asks for other states than `unknown` finds all of them in the table. `when` = which of these
 * times, as a condition on `a` that names its cluster: $1, or that of the span `s` where few are looked for.
 */
export function spansAnd(when = "a.cluster_id = s.cluster_id"): string {
  return `(${OWN} UNION ALL ${AGAIN} WHERE ${when})`;
}

/** SQL, to follow FROM: the same without most of what is not the last of its finding: each of these times would be looked through for each finding. */
export const LATE_SPANS = spansAnd(
  "a.cluster_id = s.cluster_id AND a.from_seq > (SELECT max(l.opened_seq) FROM finding_span l WHERE l.finding_id = s.finding_id)",
);

/** SQL, to follow FROM: those that hold in the last snapshot of cluster $1. */
export const OPEN_AGAIN = `(${AGAIN} WHERE a.cluster_id = $1 AND a.to_seq IS NULL)`;
