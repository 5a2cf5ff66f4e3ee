import { spansAnd } from "./spans-again";

/** The first snapshot of a row, and the one that ended it. */
const PERIODS = {
  finding_span: { rows: spansAnd("a.cluster_id = $1"), from: "opened_seq", to: "closed_seq" },
  resource_version: { rows: "resource_version", from: "from_seq", to: "to_seq" },
  tally: { rows: "tally", from: "from_seq", to: "to_seq" },
} as const;

/**
 * SQL, to follow FROM: the rows of a table that were valid at snapshot $2 of cluster $1. Those that still are and those that ended since, because one
 * index serves each; in one statement, because a scan ends rows meanwhile: in two they would be found twice, or, when the scan is undone, not at all.
 */
export function validAt(table: keyof typeof PERIODS): string {
  const { rows: all, from, to } = PERIODS[table];
  const rows = (end: string) => `SELECT * FROM ${all} v WHERE cluster_id = $1 AND ${from} <= $2 AND ${to} ${end}`;
  return `(${rows("IS NULL")} UNION ALL ${rows("> $2")})`;
}
