import "server-only";
import { TALLY_DIMENSIONS, type TallyInput } from "./commit-input";
import type { CopyTarget } from "./copy-rows";
import type { TransitionWriter } from "./transition-writer";

const PAGE_ROWS = 500;
const NUMBERS = ["n", "failing", "waived", "unknown", "subsumed", "notApplicable", "manual", "stale"] as const;

const TALLIES: CopyTarget = {
  table: "tally",
  columns: {
    cluster_id: "int8",
    from_seq: "int4",
    dimension: "text",
    key: "text",
    scope: "text",
    n: "int4",
    failing: "int4",
    waived: "int4",
    unknown: "int4",
    subsumed: "int4",
    not_applicable: "int4",
    manual: "int4",
    stale: "int4",
    worst: "text",
  },
};
const CLOSE = "UPDATE tally SET to_seq = $2 WHERE id = ANY($1::bigint[])";

type Row = TallyInput & { id: number };

function valuesOf(tally: TallyInput): string {
  return `${NUMBERS.map((name) => tally[name]).join(" ")} ${tally.worst ?? "-"}`;
}

/** Writes the tallies that changed since the last snapshot. */
export async function writeTallies(writer: TransitionWriter, clusterId: number, seq: number, tallies: Iterable<TallyInput>): Promise<void> {
  const rows = await writer.query<Row>(
    `SELECT id, dimension, key, scope, n, failing, waived, unknown, subsumed, not_applicable AS "notApplicable", manual, stale, worst
     FROM tally WHERE cluster_id = $1 AND dimension = ANY($2) AND to_seq IS NULL`,
    [clusterId, TALLY_DIMENSIONS],
  );
  const known = new Map(rows.map((row) => [`${row.dimension}\n${row.key}\n${row.scope}`, { id: row.id, values: valuesOf(row) }]));
  const closed: number[] = [];
  const added: TallyInput[] = [];
  for (const tally of tallies) {
    const key = `${tally.dimension}\n${tally.key}\n${tally.scope}`;
    const before = known.get(key);
    known.delete(key);
    if (before?.values === valuesOf(tally)) continue;
    if (before !== undefined) closed.push(before.id);
    added.push(tally);
  }
  for (const { id } of known.values()) closed.push(id);
  if (closed.length > 0) await writer.push(CLOSE, [closed, seq], closed.length);
  for (let from = 0; from < added.length; from += PAGE_ROWS) {
    const page = added.slice(from, from + PAGE_ROWS);
    const cells = page.map((tally) => [clusterId, seq, tally.dimension, tally.key, tally.scope, ...NUMBERS.map((name) => tally[name]), tally.worst]);
    await writer.copy(TALLIES, cells);
  }
}
