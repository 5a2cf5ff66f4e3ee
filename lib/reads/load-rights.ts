import "server-only";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { listManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";

/** More objects than this are not joined for a page. */
export const RIGHTS_LIMIT = 40_000;

/** Roles, bindings and who they reach. */
export const RIGHTS_SLICES = ["roles", "bindings", "serviceAccounts", "namespaces"] as const;
export const RIGHTS_KINDS: ReadonlySet<string> = new Set<string>(RIGHTS_SLICES.flatMap((slice) => SLICE_KINDS[slice]));

/** The objects of `RIGHTS_SLICES` of the whole cluster as of a snapshot. Null when there are more than a page joins. */
export async function listRights({ pool, cluster, at }: FilledReader): Promise<readonly JsonRecord[] | null> {
  const found = await listManifests(pool, cluster.id, at.seq, { kinds: [...RIGHTS_KINDS], namespace: null, limit: RIGHTS_LIMIT });
  return found ? found.filter(isRecord) : null;
}
