import "server-only";
import type { Pool } from "pg";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { createTextPool } from "@/lib/model/text-pool";
import { heldBy } from "./as-of/held-by";
import { type Column, readColumnPages } from "./as-of/read-columns";
import { RowCache } from "./as-of/row-cache";
import { validAt } from "./as-of/valid-at";
import type { TallyDimension, TallyInput } from "./commit/commit-input";

const COLUMNS = `dimension, key, scope, n, failing, waived, unknown, subsumed, not_applicable AS "notApplicable", manual, stale, worst`;

const SPAN_COLUMNS = `${COLUMNS}, from_seq AS "fromSeq", to_seq AS "toSeq"`;

/** The statistics of one dimension as of a snapshot, in an order that stays: sums of fractions depend on it. */
export async function listTallies(pool: Pool, clusterId: number, seq: number, dimension: TallyDimension): Promise<TallyInput[]> {
  const { rows } = await pool.query<TallyInput>(
    `SELECT ${COLUMNS} FROM ${validAt("tally")} t WHERE dimension = $3 ORDER BY key COLLATE "C", scope COLLATE "C"`,
    [clusterId, seq, dimension],
  );
  return rows;
}

/** What a control came to in the snapshots `fromSeq <= S < toSeq`; null = it still does. */
export type TallySpan = TallyInput & { readonly fromSeq: number; readonly toSeq: number | null };

/** The statistics of all controls that held in any of some snapshots, given in their order: in the order of `listTallies`. */
export async function listTallySpans(pool: Pool, clusterId: number, seqs: readonly number[]): Promise<TallySpan[]> {
  const rows = (end: string) => `SELECT * FROM tally WHERE cluster_id = $1 AND dimension = 'control' AND from_seq <= $3 AND to_seq ${end}`;
  // The first of the snapshots that is not before the row is before its end.
  const isIn = "($4::int[])[width_bucket(from_seq - 1, $4::int[]) + 1] < coalesce(to_seq, 2147483647)";
  const { rows: found } = await pool.query<TallySpan>(
    `SELECT ${SPAN_COLUMNS} FROM (${rows("IS NULL")} UNION ALL ${rows("> $2")}) t
     WHERE ${isIn} ORDER BY key COLLATE "C", scope COLLATE "C"`,
    [clusterId, seqs[0], seqs.at(-1), seqs],
  );
  return found;
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
  const sql = `SELECT coalesce(json_agg(t.id), '[]') AS ids FROM ${validAt("tally")} t WHERE t.dimension = 'namespace-control'`;
  const { rows } = await pool.query<{ ids: readonly number[] }>(sql, [clusterId, seq]);
  const ids = rows[0]?.ids ?? [];
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
  const { rows } = await pool.query<TallySpan>(
    `SELECT ${SPAN_COLUMNS} FROM tally
     WHERE cluster_id = $1 AND dimension = $2 AND key = $3 AND scope = $4 AND from_seq <= $5 ORDER BY from_seq`,
    [clusterId, tally.dimension, tally.key, tally.scope, untilSeq],
  );
  return rows;
}
