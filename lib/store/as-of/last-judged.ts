import "server-only";
import type { QueryResultRow } from "pg";
import { type IdBits, unpackIds } from "../id-bits";

/** Runs a statement on whichever connection sees what is asked. */
type Query = <Row extends QueryResultRow>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Spans that ended while they were stale: so did those of an earlier release where only the reason changed. */
const STALE =
  "SELECT finding_id AS id, stale_since_seq AS since, closed_seq AS until FROM finding_span WHERE finding_id = ANY($1::bigint[]) AND stale_since_seq < closed_seq";
const STALE_UNTIL =
  'SELECT from_seq AS since, to_seq AS until, first_id AS "firstId", findings AS bits FROM stale_period WHERE cluster_id = $1 AND to_seq = ANY($2)';

/**
 * Of findings that are stale since a snapshot, by their ids, the snapshots that assessed them last: a time without an assessment follows another one where
 * only the reason changed.
 */
export async function listLastJudged(query: Query, clusterId: number, staleSince: ReadonlyMap<number, number>): Promise<ReadonlyMap<number, number>> {
  const since = new Map(staleSince);
  if (since.size === 0) return since;
  const before = new Map<string, number>();
  for (const span of await query<{ id: number; since: number; until: number }>(STALE, [[...since.keys()]])) before.set(`${span.id} ${span.until}`, span.since);
  for (let asked = new Set(since.keys()); asked.size > 0; ) {
    const ends = new Set([...asked].map((id) => since.get(id)));
    for (const period of await query<IdBits & { since: number; until: number }>(STALE_UNTIL, [clusterId, [...ends]]))
      for (const id of unpackIds(period)) before.set(`${id} ${period.until}`, period.since);
    asked = new Set([...asked].filter((id) => before.has(`${id} ${since.get(id)}`)));
    for (const id of asked) since.set(id, before.get(`${id} ${since.get(id)}`) ?? 0);
  }
  return new Map([...since].map(([id, seq]) => [id, seq - 1]));
}
