import "server-only";
import type { Pool } from "pg";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";

/** More objects than this are not joined for a page. */
export const RIGHTS_LIMIT = 40_000;

/** Roles, bindings and who they reach. */
export const RIGHTS_SLICES = ["roles", "bindings", "serviceAccounts", "namespaces"] as const;
export const RIGHTS_KINDS: ReadonlySet<string> = new Set(RIGHTS_SLICES.flatMap((slice) => SLICE_KINDS[slice]));

const caches = heldBy<Pool, LruCache<readonly JsonRecord[] | null>>(
  "rights",
  () => new LruCache<readonly JsonRecord[] | null>(RIGHTS_LIMIT, (objects) => (objects ?? []).length + 100),
);

/** The objects of `RIGHTS_SLICES` of the whole cluster as of a snapshot, kept: they are joined again and again. Null when there are more than RIGHTS_LIMIT. */
export function loadRights({ pool, cluster, at }: FilledReader): Promise<readonly JsonRecord[] | null> {
  return caches(pool).get(`${cluster.id}/${at.seq}`, async () => {
    const found = await listManifests(pool, cluster.id, at.seq, { kinds: [...RIGHTS_KINDS], namespace: null, limit: RIGHTS_LIMIT });
    return found ? found.filter(isRecord) : null;
  });
}
