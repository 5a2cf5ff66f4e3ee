import "server-only";
import type { Pool } from "pg";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES } from "@/lib/model/severity";
import { STORED_STATES } from "../commit/commit-input";
import { LruCache, perPool } from "../as-of/lru-cache";
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

type Row = [spanId: number, findingId: number, controlId: string, layer: string, resourceId: number, severity: string, state: string, since: number, stale: number | null];

const COLUMNS = "s.id, s.finding_id, f.control_id, f.layer, f.resource_id, s.severity, s.state, s.open_since_seq, s.stale_since_seq";
const PAGE = 20_000;
const MAX_ROWS = 800_000;
const caches = perPool<Pool, LruCache<FindingIndex>>(() => new LruCache<FindingIndex>(MAX_ROWS, (index) => index.size + 1_000));

function compareNames(a: ResourceName, b: ResourceName): number {
  const namespaces = (a.namespace ?? "").localeCompare(b.namespace ?? "", "en");
  if (namespaces !== 0) return namespaces;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1;
}

async function readRows(pool: Pool, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = 0; ; ) {
    const page = await pool.query<Row>({ text: `${sql} AND s.id > $${values.length + 1} ORDER BY s.id LIMIT ${PAGE}`, values: [...values, after], rowMode: "array" });
    for (const row of page.rows) rows.push(row);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < PAGE) return rows;
    after = last[0];
  }
}

async function build(pool: Pool, rows: readonly Row[], seq: number): Promise<FindingIndex> {
  const names = await loadResourceNames(pool, new Set(rows.map((row) => row[4])));
  const resources = [...new Set(rows.map((row) => row[4]))].map((id) => names.get(id)).filter((name) => name !== undefined).sort(compareNames);
  const resourceRank = new Map(resources.map((resource, at) => [resource.id, at]));
  const controls = [...new Set(rows.map((row) => row[2]))].sort();
  const controlRank = new Map(controls.map((control, at) => [control, at]));
  const size = rows.length;
  const order = new Float64Array(size);
  rows.forEach((row, at) => {
    order[at] = ((resourceRank.get(row[4]) ?? 0) * 1_024 + (controlRank.get(row[2]) ?? 0)) * 2 ** 21 + at;
  });
  order.sort();
  const index: FindingIndex = {
    size,
    spanIds: new Float64Array(size),
    findingIds: new Float64Array(size),
    severities: new Uint8Array(size),
    layers: new Uint8Array(size),
    states: new Uint8Array(size),
    controlAt: new Uint16Array(size),
    resourceAt: new Int32Array(size),
    sinceSeqs: new Int32Array(size),
    stale: new Uint8Array(size),
    controls,
    resources,
  };
  order.forEach((key, to) => {
    const row = rows[key % 2 ** 21];
    if (row === undefined) return;
    const [spanId, findingId, control, layer, resourceId, severity, state, since, stale] = row;
    index.spanIds[to] = spanId;
    index.findingIds[to] = findingId;
    index.controlAt[to] = controlRank.get(control) ?? 0;
    index.layers[to] = (LAYERS as readonly string[]).indexOf(layer);
    index.resourceAt[to] = resourceRank.get(resourceId) ?? 0;
    index.severities[to] = (SEVERITIES as readonly string[]).indexOf(severity);
    index.states[to] = (STORED_STATES as readonly string[]).indexOf(state);
    index.sinceSeqs[to] = since;
    index.stale[to] = stale !== null && stale <= seq ? 1 : 0;
  });
  return index;
}

/** What was open at a snapshot, in every stored state. */
export function loadFindingIndex(pool: Pool, clusterId: number, seq: number): Promise<FindingIndex> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const from = `SELECT ${COLUMNS} FROM finding_span s JOIN finding f ON f.id = s.finding_id WHERE s.cluster_id = $1 AND s.opened_seq <= $2`;
    const open = await readRows(pool, `${from} AND s.closed_seq IS NULL`, [clusterId, seq]);
    const closedLater = await readRows(pool, `${from} AND s.closed_seq > $2`, [clusterId, seq]);
    return build(pool, open.concat(closedLater), seq);
  });
}

/** Findings that failed at `sinceSeq`, ended after it, and do not fail at `seq`; each as it last was. */
export function loadClosedIndex(pool: Pool, clusterId: number, sinceSeq: number, seq: number): Promise<FindingIndex> {
  return caches(pool).get(`${clusterId}/${seq}/closed/${sinceSeq}`, async () => {
    const rows = await readRows(
      pool,
      `SELECT ${COLUMNS} FROM finding_span s JOIN finding f ON f.id = s.finding_id
       WHERE s.cluster_id = $1 AND s.closed_seq > $2 AND s.closed_seq <= $3 AND s.open_since_seq <= $2 AND s.state = 'fail'`,
      [clusterId, sinceSeq, seq],
    );
    return build(pool, await onlyEnded(pool, clusterId, seq, rows), seq);
  });
}

async function onlyEnded(pool: Pool, clusterId: number, seq: number, rows: readonly Row[]): Promise<Row[]> {
  const latest = new Map(rows.map((row) => [row[1], row]));
  const open = await loadFindingIndex(pool, clusterId, seq);
  const failing = STORED_STATES.indexOf("fail");
  for (let at = 0; at < open.size; at += 1) if (open.states[at] === failing) latest.delete(open.findingIds[at] ?? 0);
  return [...latest.values()];
}
