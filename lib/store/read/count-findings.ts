import "server-only";
import type { Pool } from "pg";
import { baseQuery, FACETS, type Facet, facetColumn, type FindingFilter, type FindingPeriod, filterConditions, joinConditions } from "./finding-filter";
import { SqlParams } from "./sql-params";

export type FacetCounts = Readonly<Record<Facet, readonly { readonly value: string; readonly count: number }[]>>;

export interface FindingCounts {
  readonly matching: number;
  readonly openedSince: number;
  readonly facets: FacetCounts;
}

const FACET_LIMIT = 300;

/** How many findings match, how many of them are new since, and the counts of every facet without its own filter. */
export async function countFindings(pool: Pool, period: FindingPeriod, filter: FindingFilter): Promise<FindingCounts> {
  const params = new SqlParams();
  const base = baseQuery(period, params);
  const conditions = filterConditions(filter, params);
  const since = params.add(period.since ?? 0);
  const facetQuery = (facet: Facet): string =>
    `(SELECT '${facet}' AS facet, ${facetColumn(facet)} AS value, count(*)::int AS count FROM base WHERE ${joinConditions(conditions, facet)}
      GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${FACET_LIMIT})`;
  const result = await pool.query<{ facet: Facet | "matching" | "opened"; value: string; count: number }>(
    `WITH base AS MATERIALIZED (${base})
     SELECT 'matching' AS facet, '' AS value, count(*)::int AS count FROM base WHERE ${joinConditions(conditions)}
     UNION ALL (SELECT 'opened', '', count(*)::int FROM base WHERE ${joinConditions(conditions)} AND open_since_seq > ${since})
     UNION ALL ${FACETS.map(facetQuery).join(" UNION ALL ")}`,
    params.values,
  );
  const numberOf = (facet: "matching" | "opened"): number => result.rows.find((row) => row.facet === facet)?.count ?? 0;
  const facets = Object.fromEntries(
    FACETS.map((facet) => [facet, result.rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }))]),
  ) as unknown as FacetCounts; // safe: FACETS lists every key
  return { matching: numberOf("matching"), openedSince: numberOf("opened"), facets };
}
