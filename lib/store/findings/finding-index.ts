import "server-only";
import type { Pool } from "pg";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { SEVERITIES } from "@/lib/model/severity";
import { SCOPES } from "@/lib/model/verdict";
import { STORED_STATES } from "../commit/commit-input";
import { loadControlLayers } from "../as-of/control-layers";
import { loadFindingIdentities } from "../as-of/finding-identities";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { readColumns } from "../as-of/read-columns";
import { loadResourceNames, type ResourceName } from "../as-of/resource-names";
import { STALE_IDS_AT, toStaleIds } from "../as-of/stale-at";
import { validAt } from "../as-of/valid-at";

/**
 * The findings of one moment as columns, so that facets, filters and orders of 150,000 rows take milliseconds.
 * Rows are ordered by object, then control. Immutable: an as-of read never changes.
 */
export interface FindingIndex {
  readonly size: number;
  readonly spanIds: Float64Array;
  readonly findingIds: Float64Array;
  /** Positions in SEVERITIES, LAYERS, STORED_STATES, SCOPES, `controls`, `resources`. */
  readonly severities: Uint8Array;
  readonly layers: Uint8Array;
  readonly states: Uint8Array;
  /** As it was judged; that of the resource is of now. */
  readonly scopes: Uint8Array;
  readonly controlAt: Uint16Array;
  readonly resourceAt: Int32Array;
  readonly sinceSeqs: Int32Array;
  /** When what is not open any more ended, up to which it has an age; left out = all of it is open. */
  readonly endSeqs?: Int32Array;
  /** 1 = stale at that moment. */
  readonly stale: Uint8Array;
  readonly controls: readonly string[];
  /** In the order of `sortNames`. */
  readonly resources: readonly ResourceName[];
}

const MAX_ROWS = 800_000;
const MAX_CLOSED = 200_000;
const ROW_SPAN = 2 ** 21;
const caches = heldBy<Pool, LruCache<FindingIndex>>("finding-index", () => new LruCache<FindingIndex>(MAX_ROWS, (index) => index.size + 1_000));

/** By namespace as people sort, then name, then key. */
function sortNames(names: readonly ResourceName[]): ResourceName[] {
  // Few namespaces have many objects: comparing as people do is slow.
  const namespaces = [...new Set(names.map(({ namespace }) => namespace ?? ""))].sort((a, b) => a.localeCompare(b, "en"));
  const rank = new Map(namespaces.map((namespace, at) => [namespace, at]));
  const rankOf = ({ namespace }: ResourceName) => rank.get(namespace ?? "") ?? 0;
  return names.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1));
}

/** Columns of `COLUMNS`: span, finding, severity with state and scope, open since, stale since (0 = not). */
type Columns = readonly number[][];

/** SQL: the place of a column's value in a list. */
export const rankSql = (column: string, values: readonly string[]) =>
  `CASE ${column} ${values.map((value, at) => `WHEN '${value}' THEN ${at}`).join(" ")} ELSE 0 END`;
const STATE_SPAN = 8;
const SCOPE_SPAN = 2;
const COLUMNS = [
  "s.id",
  "s.finding_id",
  `((${rankSql("s.severity", SEVERITIES)}) * ${STATE_SPAN} + (${rankSql("s.state", STORED_STATES)})) * ${SCOPE_SPAN} + (${rankSql("s.scope", SCOPES)})`,
  "s.open_since_seq",
  "coalesce(s.stale_since_seq, 0)",
];

/** `wasStale` = findings that were stale at that moment, and are not any more. */
async function build(pool: Pool, clusterId: number, columns: Columns, seq: number, wasStale: ReadonlySet<number> = new Set()): Promise<FindingIndex> {
  const [spanIds = [], findingIds = [], codes = [], since = [], stale = []] = columns;
  const size = spanIds.length;
  const identities = await loadFindingIdentities(pool, clusterId, seq, findingIds);
  const layers = await loadControlLayers(pool, clusterId, seq);
  const layerOf = identities.controls.map((control) => LAYERS.indexOf(layers.get(control) as Layer)); // -1 where the catalogue does not have it
  const places = Int32Array.from(findingIds.map((id) => identities.placeOf.get(id) ?? 0));
  const resourceIds = new Set<number>();
  for (const place of places) resourceIds.add(identities.resourceIds[place] ?? 0);
  const names = await loadResourceNames(pool, resourceIds);
  const resources = sortNames([...resourceIds].map((id) => names.get(id)).filter((name) => name !== undefined));
  const resourceRank = new Map(resources.map((resource, at) => [resource.id, at]));
  const used = new Set<number>();
  for (const place of places) used.add(identities.controlAt[place] ?? 0);
  const controls = [...used].map((at) => identities.controls[at] ?? "").sort();
  const controlRank = identities.controls.map((control) => Math.max(0, controls.indexOf(control)));
  const order = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const place = places[at] ?? 0;
    const resource = resourceRank.get(identities.resourceIds[place] ?? 0) ?? 0;
    order[at] = (resource * 1_024 + (controlRank[identities.controlAt[place] ?? 0] ?? 0)) * ROW_SPAN + at;
  }
  order.sort();
  const index = {
    size,
    spanIds: new Float64Array(size),
    findingIds: new Float64Array(size),
    severities: new Uint8Array(size),
    layers: new Uint8Array(size),
    states: new Uint8Array(size),
    scopes: new Uint8Array(size),
    controlAt: new Uint16Array(size),
    resourceAt: new Int32Array(size),
    sinceSeqs: new Int32Array(size),
    stale: new Uint8Array(size),
    controls,
    resources,
  };
  // Plain loops: every page waits while this runs.
  for (let row = 0; row < size; row += 1) {
    const key = order[row] ?? 0;
    const at = key % ROW_SPAN;
    const keys = (key - at) / ROW_SPAN;
    const code = Math.floor((codes[at] ?? 0) / SCOPE_SPAN);
    const staleSince = stale[at] ?? 0;
    index.spanIds[row] = spanIds[at] ?? 0;
    index.findingIds[row] = findingIds[at] ?? 0;
    index.severities[row] = Math.floor(code / STATE_SPAN);
    const place = places[at] ?? 0;
    const layer = layerOf[identities.controlAt[place] ?? 0] ?? -1;
    index.layers[row] = layer < 0 ? (identities.layers[place] ?? 0) : layer;
    index.states[row] = code % STATE_SPAN;
    index.scopes[row] = (codes[at] ?? 0) % SCOPE_SPAN;
    index.controlAt[row] = keys % 1_024;
    index.resourceAt[row] = Math.floor(keys / 1_024);
    index.sinceSeqs[row] = since[at] ?? 0;
    index.stale[row] = (staleSince > 0 && staleSince <= seq) || wasStale.has(findingIds[at] ?? 0) ? 1 : 0;
  }
  return index;
}

/** Milliseconds for which each row has been what it is at an instant, or was until it ended; below 0 where clocks went back. */
export function agesOf({ sinceSeqs, endSeqs }: FindingIndex, times: readonly number[], atMs: number): (row: number) => number {
  const timeOf = (seq: number | undefined): number => times[seq ?? -1] ?? atMs;
  return (row) => timeOf(endSeqs?.[row]) - timeOf(sinceSeqs[row]);
}

/** What was open at a snapshot, in every stored state. */
export function loadFindingIndex(pool: Pool, clusterId: number, seq: number): Promise<FindingIndex> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const wasStale = new Set<number>();
    // In the same statements: a scan takes the marks from spans meanwhile, and may be undone.
    const open = await readColumns(pool, COLUMNS, `FROM ${validAt("finding_span")} s WHERE true`, [clusterId, seq], {
      sql: STALE_IDS_AT,
      take: (found) => {
        for (const id of toStaleIds(found)) wasStale.add(id);
      },
    });
    return build(pool, clusterId, open, seq, wasStale);
  });
}

/** What ended between two snapshots, of all that failed at the earlier. */
export interface ClosedIndex extends FindingIndex {
  /** Whether a row of the later snapshot's index fails there, and did not in that scope at the earlier one, whatever happened in between. */
  readonly hasOpened: (row: number) => boolean;
  /** Findings that fail at both snapshots, in another scope each: each scope has one of these movements, both together have none. */
  readonly moved: ReadonlySet<number>;
}

const closedCaches = heldBy<Pool, LruCache<ClosedIndex>>("closed-index", () => new LruCache<ClosedIndex>(MAX_CLOSED, (index) => index.size + 1_000));

/** Findings that failed at `sinceSeq`, ended after it, and do not fail in that scope at `seq`; each as it last was. */
export function loadClosedIndex(pool: Pool, clusterId: number, sinceSeq: number, seq: number): Promise<ClosedIndex> {
  return closedCaches(pool).get(`${clusterId}/${seq}/${sinceSeq}`, async () => {
    // What was open and did not fail says nothing of what closed, but whoever fails since then has opened, however long it is open, or failed under another.
    const where = "s.cluster_id = $1 AND s.closed_seq > $2 AND s.closed_seq <= $3 AND s.state <> 'unknown'";
    const columns = [...COLUMNS, "s.closed_seq", "(s.opened_seq <= $2)::int", "(s.state = 'fail')::int"];
    const all = await readColumns(pool, columns, `FROM finding_span s WHERE ${where}`, [clusterId, sinceSeq, seq]);
    const failed = all.at(-1) ?? [];
    const [hadBegun = [], ...ended] = [all.at(-2), ...all.slice(0, -2)].map((column = []) => column.filter((_, at) => failed[at] === 1));
    const keyOf = (findingId: number, scope: number) => findingId * SCOPE_SPAN + scope;
    const rowKeys = (ended[1] ?? []).map((findingId, at) => keyOf(findingId, (ended[2]?.[at] ?? 0) % SCOPE_SPAN));
    const keys = new Set(rowKeys.filter((_, at) => hadBegun[at] === 1));
    const latest = new Map(rowKeys.map((key, at) => [key, at] as const).filter(([key]) => keys.has(key)));
    const again = await pool.query<{ id: number }>(
      `SELECT finding_id AS id FROM ${validAt("finding_span")} s WHERE opened_seq > $3 AND opened_cause = 'uncovered'`,
      [clusterId, seq, sinceSeq],
    );
    const touched = new Set([...(all[1] ?? []), ...again.rows.map(({ id }) => id)]);
    const open = await loadFindingIndex(pool, clusterId, seq);
    const failing = STORED_STATES.indexOf("fail");
    const failingIds = new Set<number>();
    for (let at = 0; at < open.size; at += 1) {
      if (open.states[at] !== failing) continue;
      failingIds.add(open.findingIds[at] ?? 0);
      latest.delete(keyOf(open.findingIds[at] ?? 0, open.scopes[at] ?? 0));
    }
    const rows = [...latest.values()];
    // Without since when it was stale: what ended is not shown as it last was, and mostly ended because it was assessed again.
    const closed = ended.slice(0, -2).map((column) => rows.map((at) => column[at] ?? 0));
    const hasOpened = (row: number): boolean => {
      const id = open.findingIds[row] ?? 0;
      const isOlder = (open.sinceSeqs[row] ?? 0) <= sinceSeq && !touched.has(id);
      return open.states[row] === failing && !isOlder && !keys.has(keyOf(id, open.scopes[row] ?? 0));
    };
    const endOf = new Map(rows.map((at) => [ended[0]?.[at] ?? 0, ended.at(-1)?.[at] ?? seq]));
    const index = await build(pool, clusterId, closed, seq);
    const endSeqs = Int32Array.from(index.spanIds, (id) => endOf.get(id) ?? seq);
    return { ...index, endSeqs, hasOpened, moved: new Set((closed[1] ?? []).filter((id) => failingIds.has(id))) };
  });
}
