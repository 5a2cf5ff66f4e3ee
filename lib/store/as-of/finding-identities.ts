import "server-only";
import type { Pool } from "pg";
import { LAYERS } from "@/lib/model/layer";
import { heldBy } from "./held-by";
import { readColumnPages } from "./read-columns";

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

/** Of all clusters together: some 100 MB. Those of other clusters are forgotten then, and read again when asked for. */
const MAX_FINDINGS = 1_000_000;
const caches = heldBy<Pool, Map<number, Growing>>("finding-identities", () => new Map());

const COLUMNS = ["id", "control_id", "layer", "resource_id"];

/**
 * Only what committed snapshots have: an embedded database also shows the rows of the scan that is being stored, of which some with lower ids may follow,
 * and which may be undone. Within a cluster, ids rise from scan to scan.
 */
async function readOn(pool: Pool, clusterId: number, seq: number, known: Growing): Promise<void> {
  const controlRank = new Map(known.controls.map((control, at) => [control, at]));
  const layerRank = new Map<string, number>(LAYERS.map((layer, at) => [layer, at]));
  const rankOf = (control: string): number => {
    const rank = controlRank.get(control);
    if (rank !== undefined) return rank;
    controlRank.set(control, known.controls.length);
    return known.controls.push(control) - 1;
  };
  await readColumnPages(pool, COLUMNS, "FROM finding WHERE cluster_id = $1 AND first_seq <= $2", [clusterId, seq], {
    after: known.lastId,
    take([ids = [], controls = [], layers = [], resourceIds = []]) {
      for (const [at, value] of ids.entries()) {
        const id = Number(value);
        known.placeOf.set(id, known.resourceIds.length);
        known.controlAt.push(rankOf(String(controls[at])));
        known.layers.push(layerRank.get(String(layers[at])) ?? 0);
        known.resourceIds.push(Number(resourceIds[at]));
        known.lastId = id;
      }
    },
  });
}

function forgetOthers(cache: Map<number, Growing>, clusterId: number): void {
  const held = [...cache.values()].reduce((sum, { placeOf }) => sum + placeOf.size, 0);
  if (held > MAX_FINDINGS) for (const other of cache.keys()) if (other !== clusterId) cache.delete(other);
}

/** The identities of a cluster's findings, at least of all those named by `findingIds`, which snapshot `seq` has. Only new ones are read. */
export async function loadFindingIdentities(pool: Pool, clusterId: number, seq: number, findingIds: readonly number[]): Promise<FindingIdentities> {
  const cache = caches(pool);
  let known = cache.get(clusterId);
  if (known === undefined) {
    known = { placeOf: new Map(), controls: [], controlAt: [], layers: [], resourceIds: [], lastId: 0, reading: Promise.resolve() };
    cache.set(clusterId, known);
  }
  const identities = known;
  await identities.reading;
  if (findingIds.every((id) => identities.placeOf.has(id))) return identities;
  identities.reading = identities.reading.then(() => readOn(pool, clusterId, seq, identities));
  await identities.reading.finally(() => {
    identities.reading = identities.reading.catch(() => {});
  });
  forgetOthers(cache, clusterId);
  return identities;
}
