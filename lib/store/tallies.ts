import "server-only";
import type { Pool } from "pg";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { createTextPool } from "@/lib/model/text-pool";
import { heldBy } from "./as-of/held-by";
import { type Column, readColumnPages } from "./as-of/read-columns";
import { RowCache } from "./as-of/row-cache";
import { type Pause, PAUSED_AT, pausedIn, pausesOf, toPauses, withoutPauses } from "./as-of/tally-pauses";
import { validAt } from "./as-of/valid-at";
import type { TallyDimension, TallyInput } from "./commit/commit-input";
import { TALLY_VALUES } from "./tally-values";

const COLUMNS = `dimension, key, scope, ${TALLY_VALUES}`;

const SPAN_COLUMNS = `${COLUMNS}, from_seq AS "fromSeq", to_seq AS "toSeq"`;

/** One value: rows with an id, in an order that stays, because sums of fractions depend on it. */
const listSql = (rows: string) => `(SELECT json_agg(t ORDER BY key COLLATE "C", scope COLLATE "C") FROM (${rows}) t)`;

interface Listed<Row> {
  readonly rows: readonly (Row & { readonly id: number })[] | null;
  readonly paused: unknown;
}

/** The statistics of all controls as of a snapshot, in the order of `listSql`. */
export async function listTallies(pool: Pool, clusterId: number, seq: number): Promise<TallyInput[]> {
  const rows = listSql(`SELECT id, ${COLUMNS} FROM ${validAt("tally")} v WHERE dimension = 'control'`);
  const { rows: found } = await pool.query<Listed<TallyInput>>(`SELECT ${rows} AS rows, ${PAUSED_AT} AS paused`, [clusterId, seq]);
  const paused = toPauses(found[0]?.paused);
  return (found[0]?.rows ?? []).flatMap(({ id, ...tally }) => (paused.has(id) ? [] : [tally]));
}

/** What a control came to in the snapshots `fromSeq <= S < toSeq`; null = it still does. */
export type TallySpan = TallyInput & { readonly fromSeq: number; readonly toSeq: number | null };

/** The statistics of all controls that held in any of some snapshots, given in their order; of no others do the ends of these periods tell. As `listTallies` orders them. */
export async function listTallySpans(pool: Pool, clusterId: number, seqs: readonly number[]): Promise<TallySpan[]> {
  // The first of the snapshots that is not before the row is before its end.
  const isIn = "($4::int[])[width_bucket(from_seq - 1, $4::int[]) + 1] < coalesce(to_seq, 2147483647)";
  const rows = (end: string) =>
    `SELECT id, ${SPAN_COLUMNS} FROM tally WHERE cluster_id = $1 AND dimension = 'control' AND from_seq <= $3 AND to_seq ${end} AND ${isIn}`;
  const { rows: found } = await pool.query<Listed<TallySpan>>(
    `SELECT ${listSql(`${rows("IS NULL")} UNION ALL ${rows("> $2")}`)} AS rows, ${pausedIn(`from_seq <= $3 AND to_seq > $2 AND ${isIn}`)} AS paused`,
    [clusterId, seqs[0], seqs.at(-1), seqs],
  );
  const paused = toPauses(found[0]?.paused);
  const isAsked = ({ fromSeq, toSeq }: TallySpan) => seqs.some((seq) => fromSeq <= seq && (toSeq === null || toSeq > seq));
  return (found[0]?.rows ?? []).flatMap(({ id, ...span }) => {
    const pauses = paused.get(id);
    return pauses ? withoutPauses(span, pauses).filter(isAsked) : [span];
  });
}

/** What a namespace's part of a control comes to. */
export interface NamespaceCounts {
  /** `namespace|control`. */
  readonly key: string;
  readonly scope: string;
  readonly n: number;
  readonly failing: number;
  readonly unknown: number;
  readonly worst: Severity | null;
}

/** Of all clusters together: some 30 MB. */
const MAX_COUNTS = 150_000;
const countCaches = heldBy<Pool, RowCache<NamespaceCounts>>("namespace-counts", () => new RowCache(MAX_COUNTS));

async function readCounts(pool: Pool, ids: readonly number[], counts: Map<number, NamespaceCounts>): Promise<void> {
  const { share } = createTextPool(); // each row brings its own copy of its scope
  const columns = ["t.id", "t.key", "t.scope", "t.n", "t.failing", "t.unknown", "t.worst"];
  const take = ([own = [], keys = [], scopes = [], ns = [], failing = [], unknown = [], worst = []]: readonly Column[]): void => {
    for (const [at, id] of own.entries())
      counts.set(Number(id), {
        key: String(keys[at]),
        scope: share(String(scopes[at])),
        n: Number(ns[at]),
        failing: Number(failing[at]),
        unknown: Number(unknown[at]),
        worst: SEVERITIES.find((severity) => severity === worst[at]) ?? null,
      });
  };
  await readColumnPages(pool, columns, "FROM tally t WHERE t.id = ANY($1::bigint[])", [ids], { take });
}

/** The dimension `namespace-control` as of a snapshot, in an order that stays: thousands of rows, of which two days have nearly all in common. */
export async function listNamespaceCounts(pool: Pool, clusterId: number, seq: number): Promise<NamespaceCounts[]> {
  const sql = `SELECT json_agg(t.id) AS ids, ${PAUSED_AT} AS paused FROM ${validAt("tally")} t WHERE t.dimension = 'namespace-control'`;
  const { rows } = await pool.query<{ ids: readonly number[] | null; paused: unknown }>(sql, [clusterId, seq]);
  const paused = toPauses(rows[0]?.paused);
  const ids = (rows[0]?.ids ?? []).filter((id) => !paused.has(id));
  const known = await countCaches(pool).load(new Set(ids), (missing, counts) => readCounts(pool, missing, counts));
  const counts = ids.map((id) => known.get(id)).filter((count) => count !== undefined);
  return counts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.scope < b.scope ? -1 : 1));
}

/** One key over time, oldest first: each row holds from its `fromSeq` until the next. */
export async function listTallyHistory(
  pool: Pool,
  clusterId: number,
  tally: { readonly dimension: TallyDimension; readonly key: string; readonly scope: string },
  untilSeq: number,
): Promise<TallySpan[]> {
  const { rows } = await pool.query<TallySpan & { readonly pauses: readonly Pause[] | null }>(
    `SELECT ${SPAN_COLUMNS}, ${pausesOf("t")} AS pauses FROM tally t
     WHERE cluster_id = $1 AND dimension = $2 AND key = $3 AND scope = $4 AND from_seq <= $5`,
    [clusterId, tally.dimension, tally.key, tally.scope, untilSeq],
  );
  const spans = rows.flatMap(({ pauses, ...span }) => withoutPauses(span, pauses));
  return spans.filter(({ fromSeq }) => fromSeq <= untilSeq).sort((a, b) => a.fromSeq - b.fromSeq);
}
