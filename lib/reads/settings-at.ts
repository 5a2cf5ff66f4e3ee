import "server-only";
import type { Pool } from "pg";
import type { Settings } from "@/lib/inventory/inventory";
import { createScopeOf } from "@/lib/inventory/platform-scope";
import type { ResourceRef } from "@/lib/model/resource-ref";
import type { Scope } from "@/lib/model/verdict";
import { parseSettings } from "@/lib/scan/parse-settings";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { findScopeSettings } from "@/lib/store/scope-settings";
import type { FilledReader } from "./open-reader";

const caches = heldBy<Pool, LruCache<Settings | null>>("settings", () => new LruCache<Settings | null>(200, () => 1));

/**
 * The settings that a snapshot was judged with: what is platform or trusted changes later, a page of that day does not. Which controls
 * were in force is told by the catalogue of the snapshot. Snapshots older than these records are read with the settings of now.
 */
export async function loadSettingsAt({ pool, cluster, at }: FilledReader): Promise<Settings> {
  const key = `${cluster.id} ${at.scopeHash}`;
  const stored = await caches(pool).get(key, async () => {
    const found = await findScopeSettings(pool, cluster.id, at.scopeHash);
    return found === null ? null : parseSettings(found);
  });
  if (stored === null) caches(pool).drop(key); // the next scan with the same settings writes them down
  return stored ?? { ...parseSettings(cluster.settings), disabledControls: {}, reweightedControls: {}, ownControls: [] };
}

/** Whether an object is of the platform by the settings of a snapshot. Only objects of no namespace are whatever their content makes them, which stays. */
export async function loadScopeOf(reader: FilledReader): Promise<(resource: ResourceRef & { readonly scope: Scope }) => Scope> {
  const scopeOf = createScopeOf(await loadSettingsAt(reader));
  return (resource) => (resource.namespace === null && resource.kind !== "Namespace" ? resource.scope : scopeOf(resource, {}));
}

/** What is worked out of a snapshot by its settings, kept for both: they decide what is platform, so another set of them is another answer. */
export async function heldBySettings<T>(cache: LruCache<T>, reader: FilledReader, make: (settings: Settings) => Promise<T>): Promise<T> {
  const settings = await loadSettingsAt(reader);
  return cache.get(`${reader.cluster.id}/${reader.at.seq}/${JSON.stringify(settings)}`, () => make(settings));
}
