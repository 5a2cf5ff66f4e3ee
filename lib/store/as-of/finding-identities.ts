import "server-only";
import type { Pool } from "pg";
import { LAYERS } from "@/lib/model/layer";
import { perPool } from "./lru-cache";

/** What never changes of a cluster's findings, as columns; `placeOf` finds the row of an id. */
export interface FindingIdentities {
  readonly placeOf: ReadonlyMap<number, number>;
  readonly controls: readonly string[];
  /** Position in `controls`. */
  readonly controlAt: readonly number[];
  /** Position in LAYERS. */
  readonly layers: readonly number[];
  readonly resourceIds: readonly number[];
}

interface Growing {
  readonly placeOf: Map<number, number>;
  readonly controls: string[];
  readonly controlAt: number[];
  readonly layers: number[];
  readonly resourceIds: number[];
  lastId: number;
  reading: Promise<void>;
}

const PAGE = 20_000;
const caches = perPool<Pool, Map<number, Growing>>(() => new Map());

async function readOn(pool: Pool, clusterId: number, known: Growing): Promise<void> {
  const controlRank = new Map(known.controls.map((control, at) => [control, at]));
  for (;;) {
    const { rows } = await pool.query<[number, string, string, number]>({
      text: `SELECT id, control_id, layer, resource_id FROM finding WHERE cluster_id = $1 AND id > $2 ORDER BY id LIMIT ${PAGE}`,
      values: [clusterId, known.lastId],
      rowMode: "array",
    });
    for (const [id, control, layer, resourceId] of rows) {
      let rank = controlRank.get(control);
      if (rank === undefined) {
        controlRank.set(control, (rank = known.controls.length));
        known.controls.push(control);
      }
      known.placeOf.set(id, known.resourceIds.length);
      known.controlAt.push(rank);
      known.layers.push((LAYERS as readonly string[]).indexOf(layer));
      known.resourceIds.push(resourceId);
      known.lastId = id;
    }
    if (rows.length < PAGE) return;
  }
}

/** The identities of a cluster's findings, at least of all those named by `findingIds`. Only new ones are read. */
export async function loadFindingIdentities(pool: Pool, clusterId: number, findingIds: readonly number[]): Promise<FindingIdentities> {
  const cache = caches(pool);
  let known = cache.get(clusterId);
  if (known === undefined) {
    known = { placeOf: new Map(), controls: [], controlAt: [], layers: [], resourceIds: [], lastId: 0, reading: Promise.resolve() };
    cache.set(clusterId, known);
  }
  const identities = known;
  await identities.reading;
  if (findingIds.every((id) => identities.placeOf.has(id))) return identities;
  identities.reading = identities.reading.then(() => readOn(pool, clusterId, identities));
  await identities.reading.finally(() => {
    identities.reading = identities.reading.catch(() => {});
  });
  return identities;
}
