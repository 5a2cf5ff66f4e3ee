import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import type { Evidence } from "@/lib/model/verdict";
import { baseQuery, type FindingFilter, type FindingPeriod, filterConditions, joinConditions } from "./finding-filter";
import { SqlParams } from "./sql-params";

/** One finding as of a snapshot, with its resource. */
export interface FindingRecord {
  readonly id: number;
  readonly public_id: string;
  readonly control_id: string;
  readonly layer: string;
  readonly locator: string;
  readonly severity: string;
  readonly state: string;
  readonly reason: string | null;
  readonly first_evidence: Evidence | null;
  readonly evidence_count: number;
  readonly is_stale: boolean;
  readonly key: string;
  readonly api_group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly scope: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly open_since_seq: number;
}

export interface FindingSort {
  readonly by: "severity" | "age" | "control" | "object" | "points";
  readonly order: "asc" | "desc";
  /** Points per finding of each control, for sorting. */
  readonly points: Readonly<Record<string, number>>;
}

const KEYS: Readonly<Record<FindingSort["by"], string>> = {
  severity: "severity_rank * 1000000.0 - points",
  age: "-open_since_seq::float8",
  control: "control_id",
  object: "coalesce(namespace, '') || '/' || name",
  points: "-points",
};

function readCursor(cursor: string): { key: string | number; id: number } {
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if ((typeof key === "string" || typeof key === "number") && typeof id === "number") return { key, id };
  } catch {
    // Falls through to the one sentence below: a cursor is made by us or it is not valid.
  }
  throw new AppError("bad-request", "The cursor is not valid; start from the first page.");
}

function writeCursor(key: string | number, id: number): string {
  return Buffer.from(JSON.stringify([key, id])).toString("base64url");
}

/** One page of findings by keyset: as of one snapshot the order never changes, so no row is skipped or seen twice. */
export async function listFindings(
  pool: Pool,
  period: FindingPeriod,
  filter: FindingFilter,
  sort: FindingSort,
  page: { readonly limit: number; readonly cursor: string | undefined },
): Promise<{ readonly rows: readonly FindingRecord[]; readonly nextCursor: string | null }> {
  const params = new SqlParams();
  const base = baseQuery(period, params);
  const conditions = [joinConditions(filterConditions(filter, params))];
  const points = params.add(JSON.stringify(sort.points));
  const isText = sort.by === "control" || sort.by === "object";
  const down = sort.order === "desc" ? "DESC" : "ASC";
  if (page.cursor !== undefined) {
    const { key, id } = readCursor(page.cursor);
    const cast = isText ? "text" : "float8";
    conditions.push(`(sort_key, id) ${sort.order === "desc" ? "<" : ">"} (${params.add(key)}::${cast}, ${params.add(id)}::bigint)`);
  }
  const sortKey = isText ? `(${KEYS[sort.by]}) COLLATE "C"` : `(${KEYS[sort.by]})::float8`;
  const result = await pool.query<FindingRecord & { sort_key: string | number }>(
    `SELECT id::int8, public_id, control_id, layer, locator, severity, state, reason, evidence->0 AS first_evidence, jsonb_array_length(evidence) AS evidence_count,
       is_stale, key, api_group, version, kind, namespace, name, scope, opened_at, closed_at, open_since_seq, sort_key
     FROM (SELECT *, ${sortKey} AS sort_key FROM
       (SELECT b.*, coalesce((${points}::jsonb ->> b.control_id)::float8, 0) AS points FROM (${base}) b) p) q
     WHERE ${conditions.join(" AND ")}
     ORDER BY sort_key ${down}, id ${down} LIMIT ${params.add(page.limit + 1)}`,
    params.values,
  );
  const rows = result.rows.slice(0, page.limit).map((row) => ({ ...row, id: Number(row.id) }));
  const last = rows.at(-1);
  const nextCursor = result.rows.length > page.limit && last ? writeCursor(last.sort_key, last.id) : null;
  return { rows, nextCursor };
}
