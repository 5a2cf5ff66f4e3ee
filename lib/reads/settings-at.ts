import "server-only";
import type { Pool } from "pg";
import type { Settings } from "@/lib/inventory/inventory";
import { createScopeOf } from "@/lib/inventory/platform-scope";
import { hasProviderName } from "@/lib/inventory/provider-rbac";
import { isShippedRoleName, listShippedSubjects } from "@/lib/inventory/shipped-rbac";
import { isRecord } from "@/lib/model/json";
import { resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import type { Scope } from "@/lib/model/verdict";
import { distributionAt } from "@/lib/scan/distribution-at";
import { platformRulesAt } from "@/lib/scan/platform-rules-at";
import { parseSettings } from "@/lib/scan/parse-settings";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex } from "@/lib/store/as-of/resource-index";
import type { ResourceName } from "@/lib/store/as-of/resource-names";
import { loadManifests } from "@/lib/store/list-manifests";
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
  const settings = stored ?? { ...parseSettings(cluster.settings), disabledControls: {}, reweightedControls: {}, ownControls: [] };
  return { ...settings, platformRules: platformRulesAt(at.facts) };
}

const shippedCaches = heldBy<Pool, LruCache<ReadonlyMap<string, Scope>>>("shipped", () => new LruCache<ReadonlyMap<string, Scope>>(50, () => 1));

/** By key, the scope of what every API server makes for itself, and what may be the provider's: whoever changes it takes it out of the platform, and the row of an object knows the newest alone. */
function loadShippedScopes({ pool, cluster, at }: FilledReader): Promise<ReadonlyMap<string, Scope>> {
  return shippedCaches(pool).get(`${cluster.id}/${at.seq}`, async () => {
    const { names } = await loadResourceIndex(pool, cluster.id, at.seq);
    // What is in no namespace is of the platform by what is in it, whatever the settings say: they name namespaces.
    const scopeOfShared = createScopeOf({ platformNamespaces: [], platformRules: platformRulesAt(at.facts) }, distributionAt(at.facts));
    const isKnown = (name: ResourceName): boolean => isShippedRoleName(name) || listShippedSubjects(name) !== null || hasProviderName(name);
    const shipped = names.filter((name) => name.namespace === null && isKnown(name));
    const bodies = await loadManifests(
      pool,
      at.seq,
      shipped.map(({ id }) => id),
    );
    return new Map([...bodies.values()].filter(isRecord).map((body) => [resourceKey(toResourceRef(body)), scopeOfShared(toResourceRef(body), body)]));
  });
}

/** Whether an object is of the platform by the settings of a snapshot, and in no namespace by what was in it then. */
export async function loadScopeOf(reader: FilledReader): Promise<(resource: Omit<ResourceName, "firstSeq">) => Scope> {
  const scopeOf = createScopeOf(await loadSettingsAt(reader), distributionAt(reader.at.facts));
  const shipped = await loadShippedScopes(reader);
  return (resource) => (resource.namespace === null && resource.kind !== "Namespace" ? (shipped.get(resource.key) ?? resource.scope) : scopeOf(resource, {}));
}

/**
 * What is worked out of a snapshot by its settings, kept for both: they decide what is platform, so another set of them is another answer. `of`: what of the
 * snapshot, where a cache holds several things.
 */
export async function heldBySettings<T>(cache: LruCache<T>, reader: FilledReader, make: (settings: Settings) => Promise<T>, of = ""): Promise<T> {
  const settings = await loadSettingsAt(reader);
  return cache.get(`${reader.cluster.id}/${reader.at.seq}/${of}/${JSON.stringify(settings)}`, () => make(settings));
}
