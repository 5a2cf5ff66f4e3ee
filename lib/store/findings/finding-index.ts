import "server-only";
import type { Pool } from "pg";
import { SEVERITIES } from "@/lib/model/severity";
import { STORED_STATES } from "../commit/commit-input";
import { loadFindingIdentities } from "../as-of/finding-identities";
import { LruCache, perPool } from "../as-of/lru-cache";
import { readColumns } from "../as-of/read-columns";
import { loadResourceNames, type ResourceName } from "../as-of/resource-names";

/**
 * The findings of one moment as columns, so that facets, filters and orders of 150,000 rows take milliseconds.
 * Rows are ordered by object, then control. Immutable: an as-of read never changes.
 */
export interface FindingIndex {
  readonly size: number;
  readonly spanIds: Float64Array;
  readonly findingIds: Float64Array;
  /** Positions in SEVERITIES, LAYERS, STORED_STATES, `controls`, `resources`. */
  readonly severities: Uint8Array;
  readonly layers: Uint8Array;
  readonly states: Uint8Array;
  readonly controlAt: Uint16Array;
  readonly resourceAt: Int32Array;
  readonly sinceSeqs: Int32Array;
  /** 1 = stale at that moment. */
  readonly stale: Uint8Array;
  readonly controls: readonly string[];
  /** In the order of `compareNames`. */
  readonly resources: readonly ResourceName[];
}

const MAX_ROWS = 800_000;
const ROW_SPAN = 2 ** 21;
const caches = perPool<Pool, LruCache<FindingIndex>>(() => new LruCache<FindingIndex>(MAX_ROWS, (index) => index.size + 1_000));

function compareNames(a: ResourceName, b: ResourceName): number {
  const namespaces = (a.namespace ?? "").localeCompare(b.namespace ?? "", "en");
  if (namespaces !== 0) return namespaces;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1;
}

/** Columns of `read`: span, finding, severity and state, open since, stale since (0 = not). */
type Columns = readonly number[][];

const rankSql = (column: string, values: readonly string[]) => `CASE ${column} ${values.map((value, at) => `WHEN '${value}' THEN ${at}`).join(" ")} ELSE 0 END`;
const STATE_SPAN = 8;
const COLUMNS = [
  "s.id",
  "s.finding_id",
  `(${rankSql("s.severity", SEVERITIES)}) * ${STATE_SPAN} + (${rankSql("s.state", STORED_STATES)})`,
  "s.open_since_seq",
  "coalesce(s.stale_since_seq, 0)",
];

function read(pool: Pool, where: string, values: readonly unknown[]): Promise<Columns> {
  return readColumns(pool, COLUMNS, `FROM finding_span s WHERE s.cluster_id = $1 AND ${where}`, values);
}

async function build(pool: Pool, clusterId: number, columns: Columns, seq: number): Promise<FindingIndex> {
  const [spanIds = [], findingIds = [], codes = [], since = [], stale = []] = columns;
  const identities = await loadFindingIdentities(pool, clusterId, findingIds);
  const places = findingIds.map((id) => identities.placeOf.get(id) ?? 0);
  const resourceIds = places.map((place) => identities.resourceIds[place] ?? 0);
  const names = await loadResourceNames(pool, resourceIds);
  const resources = [...new Set(resourceIds)]
    .map((id) => names.get(id))
    .filter((name) => name !== undefined)
    .sort(compareNames);
  const resourceRank = new Map(resources.map((resource, at) => [resource.id, at]));
  const controls = [...new Set(places.map((place) => identities.controls[identities.controlAt[place] ?? 0] ?? ""))].sort();
  const controlRank = identities.controls.map((control) => Math.max(0, controls.indexOf(control)));
  const rankOf = (at: number) => controlRank[identities.controlAt[places[at] ?? 0] ?? 0] ?? 0;
  const order = Float64Array.from(spanIds, (_, at) => ((resourceRank.get(resourceIds[at] ?? 0) ?? 0) * 1_024 + rankOf(at)) * ROW_SPAN + at).sort();
  const rows = Int32Array.from(order, (key) => key % ROW_SPAN);
  return {
    size: rows.length,
    spanIds: Float64Array.from(rows, (at) => spanIds[at] ?? 0),
    findingIds: Float64Array.from(rows, (at) => findingIds[at] ?? 0),
    severities: Uint8Array.from(rows, (at) => Math.floor((codes[at] ?? 0) / STATE_SPAN)),
    layers: Uint8Array.from(rows, (at) => identities.layers[places[at] ?? 0] ?? 0),
    states: Uint8Array.from(rows, (at) => (codes[at] ?? 0) % STATE_SPAN),
    controlAt: Uint16Array.from(rows, rankOf),
    resourceAt: Int32Array.from(rows, (at) => resourceRank.get(resourceIds[at] ?? 0) ?? 0),
    sinceSeqs: Int32Array.from(rows, (at) => since[at] ?? 0),
    stale: Uint8Array.from(rows, (at) => ((stale[at] ?? 0) > 0 && (stale[at] ?? 0) <= seq ? 1 : 0)),
    controls,
    resources,
  };
}

function join(a: Columns, b: Columns): Columns {
  return a.map((column, at) => column.concat(b[at] ?? []));
}

/** What was open at a snapshot, in every stored state. */
export function loadFindingIndex(pool: Pool, clusterId: number, seq: number): Promise<FindingIndex> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const open = await read(pool, "s.opened_seq <= $2 AND s.closed_seq IS NULL", [clusterId, seq]);
    const closedLater = await read(pool, "s.opened_seq <= $2 AND s.closed_seq > $2", [clusterId, seq]);
    return build(pool, clusterId, join(open, closedLater), seq);
  });
}

/** Findings that failed at `sinceSeq`, ended after it, and do not fail at `seq`; each as it last was. */
export function loadClosedIndex(pool: Pool, clusterId: number, sinceSeq: number, seq: number): Promise<FindingIndex> {
  return caches(pool).get(`${clusterId}/${seq}/closed/${sinceSeq}`, async () => {
    const where = "s.closed_seq > $2 AND s.closed_seq <= $3 AND s.open_since_seq <= $2 AND s.state = 'fail'";
    const ended = await read(pool, where, [clusterId, sinceSeq, seq]);
    const latest = new Map((ended[1] ?? []).map((findingId, at) => [findingId, at]));
    const open = await loadFindingIndex(pool, clusterId, seq);
    const failing = STORED_STATES.indexOf("fail");
    for (let at = 0; at < open.size; at += 1) if (open.states[at] === failing) latest.delete(open.findingIds[at] ?? 0);
    const rows = [...latest.values()];
    return build(
      pool,
      clusterId,
      ended.map((column) => rows.map((at) => column[at] ?? 0)),
      seq,
    );
  });
}
