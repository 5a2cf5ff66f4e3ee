import "server-only";
import type { Pool } from "pg";
import { LruCache, perPool } from "./lru-cache";
import { loadResourceNames, type ResourceName } from "./resource-names";

/** The objects that were there at one moment, in the order of namespace, kind and name. */
export interface ResourceIndex {
  readonly names: readonly ResourceName[];
  readonly firstSeqs: Int32Array;
  /** Since when the manifest is as it was at that moment. */
  readonly changedSeqs: Int32Array;
}

type Row = [id: number, resourceId: number, firstSeq: number, fromSeq: number];

const MAX_RESOURCES = 300_000;
const PAGE = 20_000;
const caches = perPool<Pool, LruCache<ResourceIndex>>(() => new LruCache<ResourceIndex>(MAX_RESOURCES, (index) => index.names.length + 500));

function compare(a: ResourceName, b: ResourceName): number {
  const [left, right] = [a.namespace ?? "", b.namespace ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

async function readRows(pool: Pool, clusterId: number, seq: number, isOpen: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = 0; ; ) {
    const page = await pool.query<Row>({
      text: `SELECT v.id, v.resource_id, r.first_seq, v.from_seq FROM resource_version v JOIN resource r ON r.id = v.resource_id
        WHERE v.cluster_id = $1 AND v.from_seq <= $2 AND v.to_seq ${isOpen} AND v.id > $3 ORDER BY v.id LIMIT ${PAGE}`,
      values: [clusterId, seq, after],
      rowMode: "array",
    });
    for (const row of page.rows) rows.push(row);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < PAGE) return rows;
    after = last[0];
  }
}

export function loadResourceIndex(pool: Pool, clusterId: number, seq: number): Promise<ResourceIndex> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const rows = [...(await readRows(pool, clusterId, seq, "IS NULL")), ...(await readRows(pool, clusterId, seq, "> $2"))];
    const byId = await loadResourceNames(pool, rows.map((row) => row[1]));
    const known = rows.flatMap((row) => {
      const name = byId.get(row[1]);
      return name === undefined ? [] : [{ name, row }];
    });
    known.sort((a, b) => compare(a.name, b.name));
    return {
      names: known.map(({ name }) => name),
      firstSeqs: Int32Array.from(known, ({ row }) => row[2]),
      changedSeqs: Int32Array.from(known, ({ row }) => row[3]),
    };
  });
}
