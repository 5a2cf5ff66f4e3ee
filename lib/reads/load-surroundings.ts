import "server-only";
import type { Pool } from "pg";
import { isCiliumConfig } from "@/lib/inventory/cilium-config";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex, namesIn, type ResourceIndex } from "@/lib/store/as-of/resource-index";
import type { ResourceName } from "@/lib/store/as-of/resource-names";
import { loadManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";

/** More objects than this are not judged again for one page. */
const LIMIT = 4_000;
export const WORKLOAD_LIMIT = 1_000;
/** Objects that are the same for every namespace. */
const SHARED_LIMIT = 8_000;

type Bodies = ReadonlyMap<number, unknown>;

/** What every page about an object of a snapshot looks at, by kind; it never changes, and reading it takes longer than judging. */
const caches = heldBy<Pool, LruCache<Bodies>>("surroundings", () => new LruCache(SHARED_LIMIT, (bodies) => bodies.size));

const ROOTS: ReadonlySet<string> = new Set(WORKLOAD_KINDS);
/** Namespaced kinds that count for other namespaces too: routes and their gateways, and what an admission policy excepts. */
const REACHING: ReadonlySet<string> = new Set<string>([...SLICE_KINDS.gateways, ...SLICE_KINDS.policyEngineObjects]);

/** What belongs to no namespace, what runs on the nodes, and what Cilium is told: whether policies act is seen in it. */
function isShared(name: ResourceName): boolean {
  return name.namespace === null || name.kind === "DaemonSet" || REACHING.has(name.kind) || isCiliumConfig(name);
}

const sharedNames = heldBy<ResourceIndex, { list?: readonly ResourceName[] }>("shared-names", () => ({}));

function listShared(index: ResourceIndex): readonly ResourceName[] {
  return (sharedNames(index).list ??= index.names.filter(isShared));
}

/** In the order in which a scan has them, which is that of their keys. */
async function loadBodies({ pool, cluster, at }: FilledReader, index: ResourceIndex, names: readonly ResourceName[]): Promise<readonly JsonRecord[]> {
  const load = (some: readonly ResourceName[]): Promise<Bodies> =>
    loadManifests(
      pool,
      at.seq,
      some.map(({ id }) => id),
    );
  const kinds = new Set(names.filter(isShared).map(({ kind }) => kind));
  const loadKind = (kind: string) => caches(pool).get(`${cluster.id}/${at.seq}/${kind}`, () => load(listShared(index).filter((name) => name.kind === kind)));
  const found = await Promise.all([load(names.filter((name) => !isShared(name))), ...[...kinds].map(loadKind)]);
  return names
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => found.find((bodies) => bodies.has(id))?.get(id))
    .filter(isRecord);
}

/** The names of some kinds that one namespace sees, its own and what is shared, or all of them where `place` is null. */
function listAround(index: ResourceIndex, kinds: ReadonlySet<string>, place: string | null): readonly ResourceName[] {
  const isWanted = ({ kind }: ResourceName): boolean => kinds.has(kind);
  if (place === null) return index.names.filter(isWanted);
  return [...namesIn(index, place).filter(isWanted), ...listShared(index).filter((name) => isWanted(name) && name.namespace !== place)];
}

/**
 * The objects of some kinds as of the reader's snapshot: those of one namespace and what all of them share, or all of them where `place` is null. Null
 * when there are more than `limit`.
 */
export async function loadAround(reader: FilledReader, kinds: readonly string[], place: string | null, limit = LIMIT): Promise<readonly JsonRecord[] | null> {
  const index = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  const names = listAround(index, new Set(kinds), place);
  return names.length > limit ? null : loadBodies(reader, index, names);
}

/** The same of some slices, for a patch that is tried. Null when that, or what is shared, is too much to be judged twice. */
export async function loadSurroundings(reader: FilledReader, slices: ReadonlySet<SliceName>, place: string | null): Promise<readonly JsonRecord[] | null> {
  const index = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  const kinds = new Set([...slices].flatMap((slice): readonly string[] => (slice === "workloads" ? WORKLOAD_KINDS : SLICE_KINDS[slice])));
  const names = listAround(index, kinds, place);
  const near = place === null ? names : names.filter(({ namespace }) => namespace === place);
  const isTooMuch = (some: readonly ResourceName[], limit: number): boolean =>
    some.length > limit || some.filter(({ kind }) => ROOTS.has(kind)).length > WORKLOAD_LIMIT;
  if (isTooMuch(near, LIMIT) || (place !== null && isTooMuch(listShared(index), SHARED_LIMIT))) return null;
  return loadBodies(reader, index, names);
}
