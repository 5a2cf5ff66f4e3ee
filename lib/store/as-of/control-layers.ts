import "server-only";
import type { Pool } from "pg";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { heldBy } from "./held-by";
import { LruCache } from "./lru-cache";
import { loadSnapshotLog } from "./snapshot-log";

/** By control id; none where the catalogue was not kept. */
type ControlLayers = ReadonlyMap<string, Layer>;

const KEPT = 40;
const caches = heldBy<Pool, LruCache<ControlLayers>>("control-layers", () => new LruCache(KEPT, () => 1));

const SQL = `SELECT entry->>'id' AS id, entry->>'layer' AS layer FROM catalogue c CROSS JOIN LATERAL jsonb_array_elements(c.controls) AS entry
  WHERE c.version = $1 AND entry->>'layer' = ANY($2)`;

async function readLayers(pool: Pool, version: string): Promise<ControlLayers> {
  const { rows } = await pool.query<{ id: string; layer: Layer }>(SQL, [version, LAYERS]);
  return new Map(rows.map(({ id, layer }) => [id, layer]));
}

/**
 * The layers of controls at a snapshot. A release may move a control: a finding keeps the layer in which it was found first, and pages show the one that its
 * control had at their moment. A control that the catalogue does not have stays where its finding was.
 */
export async function loadControlLayers(pool: Pool, clusterId: number, seq: number): Promise<ControlLayers> {
  const [snapshot] = await loadSnapshotLog(pool, clusterId, seq, seq);
  return snapshot ? caches(pool).get(snapshot.catalogueVersion, () => readLayers(pool, snapshot.catalogueVersion)) : new Map();
}
