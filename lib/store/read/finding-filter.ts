import "server-only";
import type { SqlParams } from "./sql-params";

export const FACETS = ["severity", "layer", "state", "age", "namespace", "kind", "control", "scope"] as const;
export type Facet = (typeof FACETS)[number];

export interface FindingFilter {
  readonly severity?: readonly string[] | undefined;
  readonly layer?: readonly string[] | undefined;
  /** Stored states: `fail` for open. */
  readonly state?: readonly string[] | undefined;
  readonly age?: readonly string[] | undefined;
  /** `-` = without a namespace. */
  readonly namespace?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly control?: readonly string[] | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly resourceKey?: string | undefined;
  readonly text?: string | undefined;
  /** Controls whose title matches `text`: titles live in the catalogue, not in the database. */
  readonly textControls?: readonly string[] | undefined;
}

/** Which findings a list starts from, before any filter: open at `seq`, opened in (since, seq], or closed in it. */
export interface FindingPeriod {
  readonly clusterId: number;
  readonly seq: number;
  readonly since: number | null;
  readonly tab: "all" | "opened" | "closed";
  /** The instant of the snapshot `seq`: ages count back from it. */
  readonly at: Date;
}

const COLUMNS: Readonly<Record<Facet, string>> = {
  severity: "severity",
  layer: "layer",
  state: "state",
  age: "age_bin",
  namespace: "namespace_key",
  kind: "kind",
  control: "control_id",
  scope: "scope",
};

const FIELDS = `f.id, f.public_id, f.control_id, f.layer, f.locator, s.severity, s.state, s.reason, s.evidence, s.open_since_seq, s.closed_seq,
  s.stale_since_seq IS NOT NULL AND s.stale_since_seq <= %SEQ% AS is_stale, r.key, r.api_group, r.version, r.kind, r.namespace, r.name, r.scope,
  coalesce(r.namespace, CASE WHEN r.kind = 'Namespace' THEN r.name END, '-') AS namespace_key, o.taken_at AS opened_at, c.taken_at AS closed_at,
  CASE WHEN %AT% - o.taken_at < interval '8 days' THEN '0-7' WHEN %AT% - o.taken_at < interval '31 days' THEN '8-30'
    WHEN %AT% - o.taken_at < interval '91 days' THEN '31-90' WHEN %AT% - o.taken_at < interval '181 days' THEN '91-180' ELSE 'over-180' END AS age_bin,
  CASE s.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END AS severity_rank`;

function openAt(seq: string): string {
  return `s.opened_seq <= ${seq} AND (s.closed_seq IS NULL OR s.closed_seq > ${seq})`;
}

function periodCondition(period: FindingPeriod, seq: string, since: string): string {
  if (period.tab === "all") return openAt(seq);
  if (period.tab === "opened") return `${openAt(seq)} AND s.open_since_seq > ${since}`;
  return `${openAt(since)} AND s.state = 'fail' AND NOT EXISTS (SELECT 1 FROM finding_span later
    WHERE later.finding_id = s.finding_id AND later.state = 'fail' AND later.opened_seq <= ${seq} AND (later.closed_seq IS NULL OR later.closed_seq > ${seq}))`;
}

/** The rows that a list starts from, as a query. */
export function baseQuery(period: FindingPeriod, params: SqlParams): string {
  const cluster = params.add(period.clusterId);
  const seq = params.add(period.seq);
  const since = period.tab === "all" ? seq : params.add(period.since ?? 0);
  const at = `${params.add(period.at)}::timestamptz`;
  const end =
    period.tab === "closed"
      ? `(SELECT max(x.closed_seq) FROM finding_span x WHERE x.finding_id = s.finding_id AND x.closed_seq <= ${seq} AND x.state = 'fail')`
      : "s.closed_seq";
  return `SELECT ${FIELDS.replaceAll("%SEQ%", seq).replaceAll("%AT%", at)}
    FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
    JOIN snapshot o ON o.cluster_id = s.cluster_id AND o.seq = s.open_since_seq
    LEFT JOIN snapshot c ON c.cluster_id = s.cluster_id AND c.seq = ${end} AND c.seq <= ${seq}
    WHERE s.cluster_id = ${cluster} AND ${periodCondition(period, seq, since)}`;
}

/** `%` and `_` in what people type are letters, not wildcards. */
function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
}

/** One condition per facet that is set, and one under "" for search and resource. */
export function filterConditions(filter: FindingFilter, params: SqlParams): ReadonlyMap<Facet | "", string> {
  const conditions = new Map<Facet | "", string>();
  for (const facet of FACETS) {
    const wanted = filter[facet];
    if (wanted && wanted.length > 0) conditions.set(facet, `${COLUMNS[facet]} = ANY(${params.add(wanted)}::text[])`);
  }
  const rest: string[] = [];
  if (filter.resourceKey !== undefined) rest.push(`key = ${params.add(filter.resourceKey)}`);
  if (filter.text) {
    const pattern = params.add(likePattern(filter.text));
    rest.push(`(name ILIKE ${pattern} OR namespace ILIKE ${pattern} OR control_id ILIKE ${pattern} OR public_id ILIKE ${pattern}
      OR evidence::text ILIKE ${pattern} OR control_id = ANY(${params.add(filter.textControls ?? [])}::text[]))`);
  }
  if (rest.length > 0) conditions.set("", rest.join(" AND "));
  return conditions;
}

/** All conditions, or all but those of one facet: its own counts must not depend on it. */
export function joinConditions(conditions: ReadonlyMap<Facet | "", string>, without?: Facet): string {
  const kept = [...conditions].filter(([facet]) => facet !== without).map(([, condition]) => `(${condition})`);
  return kept.length > 0 ? kept.join(" AND ") : "true";
}

export function facetColumn(facet: Facet): string {
  return COLUMNS[facet];
}
