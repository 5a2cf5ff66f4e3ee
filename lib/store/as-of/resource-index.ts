import "server-only";
import type { Pool } from "pg";
import { loadApiVersions } from "./api-versions";
import { heldBy } from "./held-by";
import { LruCache } from "./lru-cache";
import { readColumns } from "./read-columns";
import { loadResourceNames, type ResourceName, withVersion } from "./resource-names";
import { validAt } from "./valid-at";

/** The objects that were there at one moment, in the order of namespace, kind and name. */
export interface ResourceIndex {
  readonly names: readonly ResourceName[];
  /** Since when the manifest is as it was at that moment. */
  readonly changedSeqs: Int32Array;
}

const MAX_RESOURCES = 300_000;
const caches = heldBy<Pool, LruCache<ResourceIndex>>("resource-index", () => new LruCache<ResourceIndex>(MAX_RESOURCES, (index) => index.names.length + 500));

function compare(a: ResourceName, b: ResourceName): number {
  const [left, right] = [a.namespace ?? "", b.namespace ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

const COLUMNS = ["v.id", "v.resource_id", "v.from_seq"];

/** The objects of a snapshot; what was loaded before is kept. */
export function loadResourceIndex(pool: Pool, clusterId: number, seq: number): Promise<ResourceIndex> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const [, ids = [], changed = []] = await readColumns(pool, COLUMNS, `FROM ${validAt("resource_version")} v WHERE true`, [clusterId, seq]);
    const [byId, versions] = [await loadResourceNames(pool, ids), await loadApiVersions(pool, clusterId, seq)];
    const known = ids.flatMap((id, at) => {
      const name = byId.get(id);
      return name === undefined ? [] : [{ name: withVersion(name, versions), changedSeq: changed[at] ?? 0 }];
    });
    known.sort((a, b) => compare(a.name, b.name));
    return { names: known.map(({ name }) => name), changedSeqs: Int32Array.from(known, ({ changedSeq }) => changedSeq) };
  });
}

function firstAt(names: readonly ResourceName[], isPast: (namespace: string) => boolean): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(names[middle]?.namespace ?? "")) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The objects of one namespace, found without looking at all others. */
export function namesIn({ names }: ResourceIndex, namespace: string): readonly ResourceName[] {
  return names.slice(
    firstAt(names, (found) => found >= namespace),
    firstAt(names, (found) => found > namespace),
  );
}
