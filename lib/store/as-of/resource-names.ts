import "server-only";
import type { Pool } from "pg";
import type { Scope } from "@/lib/model/verdict";
import { heldBy } from "./held-by";

/** What never changes of a resource, and its version and scope as they were when it was loaded: settings change the scope, so pages ask those of their moment. */
export interface ResourceName {
  readonly id: number;
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly scope: Scope;
  readonly firstSeq: number;
}

const PAGE = 10_000;
const MAX_NAMES = 200_000;
const caches = heldBy<Pool, Map<number, ResourceName>>("resource-names", () => new Map());

/** The names of these resources, by id. Ids of all clusters share one cache. */
export async function loadResourceNames(pool: Pool, ids: Iterable<number>): Promise<ReadonlyMap<number, ResourceName>> {
  const cache = caches(pool);
  const wanted = new Set(ids);
  const missing = [...wanted].filter((id) => !cache.has(id));
  if (cache.size + missing.length > MAX_NAMES) {
    for (const id of cache.keys()) if (!wanted.has(id)) cache.delete(id);
  }
  for (let from = 0; from < missing.length; from += PAGE) {
    const { rows } = await pool.query<{
      id: number;
      key: string;
      api_group: string;
      version: string;
      kind: string;
      namespace: string | null;
      name: string;
      scope: Scope;
      first_seq: number;
    }>("SELECT id, key, api_group, version, kind, namespace, name, scope, first_seq FROM resource WHERE id = ANY($1::bigint[])", [
      missing.slice(from, from + PAGE),
    ]);
    for (const { id, key, api_group: group, version, kind, namespace, name, scope, first_seq: firstSeq } of rows) {
      cache.set(id, { id, key, apiVersion: group === "" ? version : `${group}/${version}`, kind, namespace, name, scope, firstSeq });
    }
  }
  return cache;
}
