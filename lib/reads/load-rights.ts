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

/** More than this are not judged again for one finding: 11,000 took 180 MiB and 0.6 s. */
const TRIAL_LIMIT = 4_000;

const caches = heldBy<Pool, LruCache<readonly JsonRecord[] | null>>(
  "rights",
  () => new LruCache<readonly JsonRecord[] | null>(2 * TRIAL_LIMIT, (objects) => (objects ?? []).length + 100),
);

/** The objects of `RIGHTS_SLICES` of the whole cluster as of a snapshot. Null when there are more than `limit`. */
export async function listRights({ pool, cluster, at }: FilledReader, limit = RIGHTS_LIMIT): Promise<readonly JsonRecord[] | null> {
  const found = await listManifests(pool, cluster.id, at.seq, { kinds: [...RIGHTS_KINDS], namespace: null, limit });
  return found ? found.filter(isRecord) : null;
}

/** The same, kept: patches of a snapshot are tried on them again and again. Null when there are more than a page judges again. */
export function loadRights(reader: FilledReader): Promise<readonly JsonRecord[] | null> {
  return caches(reader.pool).get(`${reader.cluster.id}/${reader.at.seq}`, () => listRights(reader, TRIAL_LIMIT));
}
