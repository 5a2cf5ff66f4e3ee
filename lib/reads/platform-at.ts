import "server-only";
import type { Pool } from "pg";
import { type Distribution, type Platform, platformView } from "@/lib/inventory/cloud/cloud-provider";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listManifests } from "@/lib/store/list-manifests";
import type { FilledReader, Reader } from "./open-reader";
import { findKindGap } from "./find-kind-gap";
import { readCoverage } from "./read-coverage";
import { toInventory } from "./to-inventory";

/** More nodes than this are not looked at; the version of the server still tells EKS and GKE. */
const LIMIT = 5_000;

async function read(reader: FilledReader): Promise<Platform> {
  const nodes = await listManifests(reader.pool, reader.cluster.id, reader.at.seq, { kinds: ["Node"], namespace: null, limit: LIMIT });
  // The builds of a service run in data centres as well, with nodes that only a list of them shows.
  const isUnseen = nodes?.length === 0 && findKindGap(await readCoverage(reader.pool, reader.cluster.id, reader.at), ["Node"]) !== null;
  const kubeVersion = isUnseen ? null : reader.at.kubeVersion;
  return createContext(toInventory(nodes ?? [], { ...reader.at, kubeVersion, settings: DEFAULT_SETTINGS })).view(platformView);
}

const caches = heldBy<Pool, LruCache<Platform>>("platform", () => new LruCache<Platform>(200, () => 1));

/** Where the cluster runs, as the nodes and the server version of a snapshot show. */
function loadPlatform(reader: FilledReader): Promise<Platform> {
  return caches(reader.pool).get(`${reader.cluster.id}/${reader.at.seq}`, () => read(reader));
}

/** The same of a cluster that may have no snapshot yet: null then. */
export async function findPlatform({ at, ...reader }: Reader): Promise<Platform | null> {
  return at ? loadPlatform({ ...reader, at }) : null;
}

/** The service or product that the cluster is recognised as; null = nothing tells. */
export async function findDistribution(reader: Reader): Promise<Distribution | null> {
  return (await findPlatform(reader))?.distribution ?? null;
}
