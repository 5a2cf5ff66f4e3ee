import "server-only";
import type { Pool } from "pg";
import { apiGroup, apiVersionName } from "@/lib/model/resource-ref";
import { createTextPool } from "@/lib/model/text-pool";
import type { Scope } from "@/lib/model/verdict";
import { type ApiVersions, apiVersionAt } from "./api-versions";
import { heldBy } from "./held-by";
import { RowCache } from "./row-cache";

/** What never changes of a resource, and its version and scope as they were when it was loaded: upgrades and settings change them, so pages ask those of their moment. */
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

/** A row of the table `resource`, as far as it names one. */
export interface ResourceRow {
  readonly id: number;
  readonly key: string;
  readonly api_group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly scope: Scope;
  readonly first_seq: number;
}

export const RESOURCE_COLUMNS = "r.id, r.key, r.api_group, r.version, r.kind, r.namespace, r.name, r.scope, r.first_seq";

/** With the version of the row, which is the newest that the object was seen in. */
export function toResourceName({ id, key, api_group: group, version, kind, namespace, name, scope, first_seq: firstSeq }: ResourceRow): ResourceName {
  return { id, key, apiVersion: group === "" ? version : `${group}/${version}`, kind, namespace, name, scope, firstSeq };
}

const PAGE = 10_000;
const MAX_NAMES = 200_000;
const caches = heldBy<Pool, RowCache<ResourceName>>("resource-names", () => new RowCache(MAX_NAMES));

async function readNames(pool: Pool, ids: readonly number[], names: Map<number, ResourceName>): Promise<void> {
  const { share } = createTextPool(); // each row brings its own copy of its kind, its namespace and its version
  for (let from = 0; from < ids.length; from += PAGE) {
    const { rows } = await pool.query<ResourceRow>(`SELECT ${RESOURCE_COLUMNS} FROM resource r WHERE r.id = ANY($1::bigint[])`, [ids.slice(from, from + PAGE)]);
    for (const row of rows) {
      const name = toResourceName(row);
      const namespace = name.namespace === null ? null : share(name.namespace);
      names.set(row.id, { ...name, apiVersion: share(name.apiVersion), kind: share(name.kind), namespace, scope: share(name.scope) });
    }
  }
}

/** At least the names of these resources, by id. Ids of all clusters share one cache. */
export function loadResourceNames(pool: Pool, ids: Iterable<number>): Promise<ReadonlyMap<number, ResourceName>> {
  return caches(pool).load(new Set(ids), (missing, names) => readNames(pool, missing, names));
}

/** As a snapshot saw it. */
export function withVersion(name: ResourceName, versions: ApiVersions): ResourceName {
  const served = apiVersionAt(versions, { group: apiGroup(name), kind: name.kind, version: apiVersionName(name) });
  return served === name.apiVersion ? name : { ...name, apiVersion: served };
}
