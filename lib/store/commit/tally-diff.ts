import "server-only";
import { packIds } from "../id-bits";
import { TALLY_VALUES } from "../tally-values";
import { TALLY_DIMENSIONS, type TallyInput } from "./commit-input";
import type { Cell, CopyTarget } from "./copy-rows";
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
const PAUSES: CopyTarget = {
  table: "tally_pause",
  columns: { cluster_id: "int8", from_seq: "int4", to_seq: "int4", first_id: "int8", tallies: "bytes" },
};
const CLOSE = "UPDATE tally SET to_seq = $2 WHERE id = ANY($1::bigint[])";
const REOPEN = "UPDATE tally SET to_seq = NULL WHERE id = ANY($1::bigint[])";

/** So many of each key, the youngest by their beginnings, which the index knows: where a number is another one each time, a day would be read among all of them. */
const EARLIER_ROWS = 8;
/** What some keys came to before. */
const EARLIER = `SELECT x.place, t.id, t.to_seq AS "toSeq", ${TALLY_VALUES}
  FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS x(dimension, key, scope, place)
  CROSS JOIN LATERAL (SELECT * FROM tally t WHERE t.cluster_id = $1 AND t.dimension = x.dimension AND t.key = x.key AND t.scope = x.scope AND t.to_seq < $2
    ORDER BY t.from_seq DESC LIMIT ${EARLIER_ROWS}) t`;

type Values = Pick<TallyInput, (typeof NUMBERS)[number] | "worst">;

/** A row that ended, and may hold again. */
interface Earlier extends Values {
  readonly place: number;
  readonly id: number;
  readonly toSeq: number;
}

function valuesOf(tally: Values): string {
  return `${NUMBERS.map((name) => tally[name]).join(" ")} ${tally.worst ?? "-"}`;
}

interface Writing {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
}

/** Splits what begins: the rows that held before and hold again, and what is to be written anew. */
async function findReturned({ writer, clusterId, seq }: Writing, begun: readonly TallyInput[]) {
  const returned: Earlier[] = [];
  const added: TallyInput[] = [];
  for (let from = 0; from < begun.length; from += PAGE_ROWS) {
    const page = begun.slice(from, from + PAGE_ROWS);
    const columns = (["dimension", "key", "scope"] as const).map((name) => page.map((tally) => tally[name]));
    const found = new Map<number, Earlier>();
    for (const row of await writer.query<Earlier>(EARLIER, [clusterId, seq, ...columns])) {
      const [at, known] = [row.place - 1, found.get(row.place - 1)];
      const tally = page[at];
      // Earlier releases wrote what came back anew: of several rows the last.
      if (tally && valuesOf(row) === valuesOf(tally) && row.toSeq > (known?.toSeq ?? 0)) found.set(at, row);
    }
    returned.push(...found.values());
    added.push(...page.filter((_, at) => !found.has(at)));
  }
  return { returned, added };
}

/**
 * Goes on with rows that ended: the times in which they did not hold are one row for all that ended and came back together. What cannot be read every other
 * time would cost a row for each of its statistics each time, and another when it is read again.
 */
async function reopen({ writer, clusterId, seq }: Writing, returned: readonly Earlier[]): Promise<void> {
  const pauses = [...Map.groupBy(returned, ({ toSeq }) => toSeq)].flatMap(([fromSeq, rows]) =>
    packIds(rows.map(({ id }) => id)).map(({ firstId, bits }): Cell[] => [clusterId, fromSeq, seq, firstId, bits]),
  );
  // Pauses first: pages that are read on an embedded database meanwhile must find none of these rows in a time in which it did not hold.
  for (let from = 0; from < pauses.length; from += PAGE_ROWS) await writer.copy(PAUSES, pauses.slice(from, from + PAGE_ROWS));
  if (returned.length > 0) await writer.push(REOPEN, [returned.map(({ id }) => id)], returned.length);
}

/** Writes the tallies that changed since the last snapshot. */
export async function writeTallies(writer: TransitionWriter, clusterId: number, seq: number, tallies: Iterable<TallyInput>): Promise<void> {
  const rows = await writer.query<TallyInput & { id: number }>(
    `SELECT id, dimension, key, scope, ${TALLY_VALUES} FROM tally WHERE cluster_id = $1 AND dimension = ANY($2) AND to_seq IS NULL`,
    [clusterId, TALLY_DIMENSIONS],
  );
  const known = new Map(rows.map((row) => [`${row.dimension}\n${row.key}\n${row.scope}`, { id: row.id, values: valuesOf(row) }]));
  const closed: number[] = [];
  const begun: TallyInput[] = [];
  for (const tally of tallies) {
    const key = `${tally.dimension}\n${tally.key}\n${tally.scope}`;
    const before = known.get(key);
    known.delete(key);
    if (before?.values === valuesOf(tally)) continue;
    if (before !== undefined) closed.push(before.id);
    begun.push(tally);
  }
  for (const { id } of known.values()) closed.push(id);
  const { returned, added } = seq === 1 ? { returned: [], added: begun } : await findReturned({ writer, clusterId, seq }, begun);
  await reopen({ writer, clusterId, seq }, returned);
  if (closed.length > 0) await writer.push(CLOSE, [closed, seq], closed.length);
  for (let from = 0; from < added.length; from += PAGE_ROWS) {
    const page = added.slice(from, from + PAGE_ROWS);
    const cells = page.map((tally) => [clusterId, seq, tally.dimension, tally.key, tally.scope, ...NUMBERS.map((name) => tally[name]), tally.worst]);
    await writer.copy(TALLIES, cells);
  }
}
