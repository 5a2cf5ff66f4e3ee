import "server-only";
import type { Pool } from "pg";
import type { NamespaceTally } from "@/lib/scoring/tally";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { listNamespaceCounts, type NamespaceCounts } from "@/lib/store/tallies";
import { type CatalogueAt, loadCatalogueAt } from "./catalogue-at";
import { toScope } from "./to-tallies";

const caches = heldBy<Pool, LruCache<readonly NamespaceTally[]>>("namespace-tallies", () => new LruCache(60_000, (tallies) => tallies.length + 1));

/** Two days have nearly all rows in common, and what is made of them. */
const made = heldBy<CatalogueAt, WeakMap<NamespaceCounts, NamespaceTally | null>>("made-tallies", () => new WeakMap());

/** Null where the catalogue does not have the control. */
function toTally({ key, scope, ...counts }: NamespaceCounts, { find }: CatalogueAt): NamespaceTally | null {
  const bar = key.indexOf("|"); // namespaces have none in their name
  const control = find(key.slice(bar + 1));
  return control && { ...counts, control: control.id, layer: control.layer, scope: toScope(scope), namespace: key.slice(0, bar) };
}

async function load(
  pool: Pool,
  clusterId: number,
  { seq, catalogueVersion }: Pick<SnapshotRecord, "seq" | "catalogueVersion">,
): Promise<readonly NamespaceTally[]> {
  const catalogue = await loadCatalogueAt(pool, catalogueVersion);
  const known = made(catalogue);
  const tallies = (await listNamespaceCounts(pool, clusterId, seq)).map((counts) => {
    let tally = known.get(counts);
    if (tally === undefined) known.set(counts, (tally = toTally(counts, catalogue)));
    return tally;
  });
  return tallies.filter((tally) => tally !== null);
}

/** What each control comes to in each namespace ("" = cluster-wide), as of one snapshot. Never changes, so it is kept. */
export function loadNamespaceTallies(
  pool: Pool,
  clusterId: number,
  snapshot: Pick<SnapshotRecord, "seq" | "catalogueVersion">,
): Promise<readonly NamespaceTally[]> {
  return caches(pool).get(`${clusterId} ${snapshot.seq}`, () => load(pool, clusterId, snapshot));
}
