import "server-only";
import { getServerVersion } from "@/lib/kube/get-server-version";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { openConnection } from "@/lib/kube/open-connection";
import { type ClusterInput, type ClusterRecord, type ClusterTable, holdClusters, listClusters, pickSlug, saveCluster } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findAuthority, findClusterUid, findNamesakes, isNamedByUid, refuseNameless } from "./cluster-identity";

const PROBE = { timeoutMs: 15_000, attempts: 2 };
const DEFAULT_INTERVAL_MINUTES = 60;

export interface Registered {
  readonly cluster: ClusterRecord;
  /** It was known under another context, or at another address. */
  readonly isMoved: boolean;
  /** Says which cluster is read, and with whose credentials. */
  readonly description: string;
}

/** Makes sure that the database knows the cluster of a target. Throws AppError with one sentence when it cannot be reached. */
export async function registerCluster(database: Database, target: Exclude<ClusterTarget, { readonly source: "url" }>): Promise<Registered> {
  const connection = openConnection(target, PROBE);
  try {
    const version = await getServerVersion(connection);
    const uid = await findClusterUid(connection);
    if (uid === null && isNamedByUid(target, database)) refuseNameless();
    const authority = findAuthority(connection);
    const found = { source: target.source, context: target.source === "kubeconfig" ? connection.context : null, server: connection.server, uid, authority };
    // Two servers that start at once would each make it known, or two clusters of one context take each other's place.
    const registered = await holdClusters(database.prisma, async (table) => {
      const clusters = await listClusters(table);
      const known = findKnown(clusters, found);
      const named = known
        ? { ...found, uid: found.uid ?? known.uid, authority: found.authority ?? known.authority, slug: known.slug, name: known.name }
        : await toNew(table, connection, found, clusters);
      const isMoved = known !== undefined && (known.context !== found.context || known.server !== found.server);
      return { cluster: await saveCluster(table, named), isMoved };
    });
    return { ...registered, description: `${connection.description}, ${connection.server}, Kubernetes ${version?.text ?? "of a hidden version"}` };
  } finally {
    await connection.close();
  }
}

type Found = Pick<ClusterRecord, "source" | "context" | "server" | "uid" | "authority">;

async function toNew(table: ClusterTable, connection: KubeConnection, found: Found, clusters: readonly ClusterRecord[]): Promise<ClusterInput> {
  const slug = await pickSlug(table, connection.context);
  return { ...found, slug, name: pickName(connection.context, clusters), scheduleIntervalMinutes: DEFAULT_INTERVAL_MINUTES };
}

/** A cluster made anew under the context of an old one must not look like it wherever clusters are named. */
function pickName(context: string, clusters: readonly ClusterRecord[]): string {
  const taken = new Set(clusters.map(({ name }) => name));
  let name = context;
  for (let number = 2; taken.has(name); number += 1) name = `${context} (${number})`;
  return name;
}

/** The uid tells clusters apart, whatever their contexts are called; without it the context and the address must be the same, and no other's, and no other authority known. */
function findKnown(clusters: readonly ClusterRecord[], found: Found): ClusterRecord | undefined {
  const byUid = found.uid === null ? undefined : clusters.find(({ isDemo, uid }) => !isDemo && uid === found.uid);
  if (byUid) return byUid;
  const namesakes = findNamesakes(clusters, found);
  if (found.uid === null && namesakes.length > 1) refuseNameless();
  const [one, ...others] = namesakes.filter(({ uid }) => uid === null || found.uid === null);
  // Of several that may be it nothing tells which: it gets a memory of its own.
  return others.length === 0 ? one : undefined;
}
