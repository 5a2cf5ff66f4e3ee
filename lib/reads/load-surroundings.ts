import "server-only";
import type { Pool } from "pg";
import { isCiliumConfig } from "@/lib/inventory/cilium-config";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex, namesIn } from "@/lib/store/as-of/resource-index";
import type { ResourceName } from "@/lib/store/as-of/resource-names";
import { loadManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";

/** More objects than this are not judged again for one page. */
const LIMIT = 4_000;
const WORKLOAD_LIMIT = 1_000;
/** Objects that are the same for every namespace. */
const SHARED_LIMIT = 8_000;

/** What every trial in a snapshot looks at; it never changes, and reading it takes longer than judging. */
const caches = heldBy<Pool, LruCache<readonly JsonRecord[] | null>>(
  "surroundings",
  () => new LruCache(SHARED_LIMIT, (objects) => (objects ?? []).length + 100),
);

const ROOTS: ReadonlySet<string> = new Set(WORKLOAD_KINDS);
const OTHERS: ReadonlySet<string> = new Set<string>(Object.values(SLICE_KINDS).flat());

type IsWanted = (name: ResourceName) => boolean;

async function list({ pool, cluster, at }: FilledReader, limit: number, isWanted: IsWanted, place: string | null): Promise<readonly JsonRecord[] | null> {
  const index = await loadResourceIndex(pool, cluster.id, at.seq);
  const found = (place === null ? index.names : namesIn(index, place)).filter(isWanted);
  if (found.length > limit || found.filter(({ kind }) => ROOTS.has(kind)).length > WORKLOAD_LIMIT) return null;
  return (
    await loadManifests(
      pool,
      at.seq,
      found.map(({ id }) => id),
    )
  ).filter(isRecord);
}

/** What belongs to no namespace, what runs on the nodes, and what Cilium is told: whether policies act is seen in it. Null when that is too much. */
function loadShared(reader: FilledReader): Promise<readonly JsonRecord[] | null> {
  const isShared: IsWanted = (name) => name.kind === "DaemonSet" || isCiliumConfig(name) || (name.namespace === null && OTHERS.has(name.kind));
  return caches(reader.pool).get(`${reader.cluster.id}/${reader.at.seq}`, () => list(reader, SHARED_LIMIT, isShared, null));
}

/**
 * The objects of some slices as of the reader's snapshot: those of one namespace and of the cluster, or all of them where `place` is null. Null when
 * that is too much.
 */
export async function loadSurroundings(reader: FilledReader, slices: ReadonlySet<SliceName>, place: string | null): Promise<readonly JsonRecord[] | null> {
  const kinds = new Set([...slices].flatMap((slice): readonly string[] => (slice === "workloads" ? WORKLOAD_KINDS : SLICE_KINDS[slice])));
  const [near, shared] = await Promise.all([list(reader, LIMIT, ({ kind }) => kinds.has(kind), place), place === null ? [] : loadShared(reader)]);
  if (!near || !shared) return null;
  return [...near, ...shared.filter(({ kind, metadata }) => kinds.has(String(kind)) && record(metadata).namespace !== place)];
}
