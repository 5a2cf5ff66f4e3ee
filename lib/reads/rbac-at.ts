import "server-only";
import type { Pool } from "pg";
import { identityKey } from "@/lib/graph/rbac/identity";
import { toIdentityText } from "@/lib/model/identity-text";
import { type Power, powerView } from "@/lib/graph/rbac/power";
import { principalsView } from "@/lib/graph/rbac/principals";
import { type RbacIndex, rbacIndexView } from "@/lib/graph/rbac/rbac-index";
import { createContext, type World } from "@/lib/inventory/context";
import type { Settings } from "@/lib/inventory/inventory";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex } from "@/lib/store/as-of/resource-index";
import { inSteps } from "./in-steps";
import { listRights, RIGHTS_KINDS } from "./load-rights";
import type { FilledReader } from "./open-reader";
import { heldBySettings } from "./settings-at";
import { toInventoryInSteps } from "./to-inventory";

/** Roles, bindings and who they reach, as of one snapshot. */
export interface RbacAt extends World {
  readonly index: RbacIndex;
  readonly power: Power;
  /** Keys of identities that hold only what Kubernetes ships or the provider gave itself, or are in platform namespaces. */
  readonly platform: ReadonlySet<string>;
  /** By `namespace/name`. */
  readonly accounts: ReadonlyMap<string, ResourceRef>;
  readonly namespaces: readonly string[];
  /** As an address writes them, sorted. */
  readonly subjects: readonly string[];
  readonly objects: number;
}

async function build(reader: FilledReader, settings: Settings): Promise<RbacAt | null> {
  const found = await listRights(reader);
  if (!found) return null;
  const inventory = await toInventoryInSteps(found, { ...reader.at, settings });
  const context = createContext(inventory);
  const { slices, view } = context;
  await inSteps([() => view(rbacIndexView), () => view(principalsView), () => view(powerView)]);
  const index = view(rbacIndexView);
  const principals = view(principalsView);
  const own = new Set(principals.filter(({ scope }) => scope === "workload").map(({ identity }) => identityKey(identity)));
  const accounts = new Map(slices.serviceAccounts.map(({ ref }) => [`${ref.namespace}/${ref.name}`, ref]));
  const bound = [...index.identities.values()].map(toIdentityText);
  return {
    inventory,
    context,
    index,
    power: view(powerView),
    platform: new Set([...index.identities.keys()].filter((key) => !own.has(key))),
    accounts,
    namespaces: slices.namespaces.map(({ ref }) => ref.name).sort(),
    subjects: [...new Set([...bound, ...[...accounts.keys()].map((key) => `ServiceAccount/${key}`)])].sort(),
    objects: found.length,
  };
}

/** Objects of all that are kept: one large cluster, or several small ones. 11,000 hold 45 MiB. */
const KEPT = 16_000;
const caches = heldBy<Pool, LruCache<RbacAt | null>>("rbac", () => new LruCache<RbacAt | null>(KEPT, (rbac) => (rbac?.objects ?? 0) + 100));

/** Null when there are more objects than a page joins. */
export function loadRbacAt(reader: FilledReader): Promise<RbacAt | null> {
  return heldBySettings(caches(reader.pool), reader, (settings) => build(reader, settings));
}

/** A patch is tried among no more of these objects: with 11,000 the server came to hold 90 MiB more while it does. */
const TRIED = 8_000;

/** The same for a patch that is tried. Null, before anything of them is read, when there are more than that. */
export async function loadTriedRbac(reader: FilledReader): Promise<RbacAt | null> {
  const { names } = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  return names.filter(({ kind }) => RIGHTS_KINDS.has(kind)).length > TRIED ? null : loadRbacAt(reader);
}
