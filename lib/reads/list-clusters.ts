import "server-only";
import type { ClusterDto, ListClustersResponse } from "@/lib/contracts/clusters";
import { listScanProgress } from "@/lib/scan/find-scan-progress";
import { findLocalClusterId, findLocalClusterState } from "@/lib/scan/local-cluster-state";
import { type ClusterRecord, findCluster, getCluster as getStored, listClusters as listStored } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { listLatestSnapshots, type SnapshotRecord } from "@/lib/store/snapshots";
import type { Pool } from "pg";
import { findNewest } from "./find-newest";
import { toStamp } from "./open-reader";
import { loadStanding } from "./scores-at";
import { toScores } from "./to-layer-score";

/** What is kept of no snapshot is read in one statement for all: while a scan stores, each statement waits for the step that it is at. */
async function toClusterDtos(pool: Pool, clusters: readonly ClusterRecord[], newest: ReadonlyMap<number, SnapshotRecord>): Promise<ClusterDto[]> {
  const stand = async (cluster: ClusterRecord) => {
    const latest = newest.get(cluster.id) ?? null;
    return { cluster, latest, standing: latest && (await loadStanding(pool, cluster.id, latest)) };
  };
  const ids = clusters.map(({ id }) => id);
  const [scans, standing] = await Promise.all([listScanProgress(pool, ids), Promise.all(clusters.map(stand))]);
  return standing.map(({ cluster, latest, standing: found }) => {
    const { id, slug, name, source, context, server, isDemo, scheduleIntervalMinutes, isSchedulePaused } = cluster;
    return {
      slug,
      name,
      source,
      context,
      server,
      isDemo,
      kubeVersion: latest?.kubeVersion ?? null,
      latest: latest && toStamp(latest),
      weakest: found?.weakest ?? null,
      scores: toScores(found?.scores),
      schedule: { intervalMinutes: scheduleIntervalMinutes, isPaused: isSchedulePaused },
      scan: scans.get(id) ?? null,
    };
  });
}

async function toClusterDto(pool: Pool, cluster: ClusterRecord): Promise<ClusterDto> {
  const latest = await findNewest(pool, cluster.id);
  const [found] = await toClusterDtos(pool, [cluster], new Map(latest === null ? [] : [[cluster.id, latest]]));
  if (!found) throw new TypeError("toClusterDtos gives one answer per cluster");
  return found;
}

function toKubeconfig(stored: readonly ClusterRecord[]): ListClustersResponse["kubeconfig"] {
  const localId = findLocalClusterId();
  return { ...findLocalClusterState(), isForgotten: localId !== null && !stored.some(({ id }) => id === localId) };
}

/** Every cluster that is known, real ones first, and what the kubeconfig of this machine offers. */
export async function listClusters(): Promise<ListClustersResponse> {
  const { pool, prisma } = getDatabase();
  const [stored, newest] = await Promise.all([listStored(prisma), listLatestSnapshots(pool)]);
  return { clusters: await toClusterDtos(pool, stored, newest), kubeconfig: toKubeconfig(stored) };
}

/** The first of that list, null = there is none, without what is known of them. */
export async function findFirst(): Promise<{ readonly slug: string | null; readonly kubeconfig: ListClustersResponse["kubeconfig"] }> {
  const stored = await listStored(getDatabase().prisma);
  return { slug: stored[0]?.slug ?? null, kubeconfig: toKubeconfig(stored) };
}

/** Throws not-found. */
export async function getCluster(slug: string): Promise<ClusterDto> {
  const { pool, prisma } = getDatabase();
  return toClusterDto(pool, await getStored(prisma, slug));
}

/** A cluster of which there is no snapshot yet; null = there is one, or no such cluster. */
export async function findUnscanned(slug: string): Promise<ClusterDto | null> {
  const { pool, prisma } = getDatabase();
  const cluster = await findCluster(prisma, slug);
  return cluster === null || (await findNewest(pool, cluster.id)) !== null ? null : toClusterDto(pool, cluster);
}
