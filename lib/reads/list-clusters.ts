import "server-only";
import type { ClusterDto, ListClustersResponse } from "@/lib/contracts/clusters";
import { headlineScore } from "@/lib/scoring/posture";
import { findScanProgress } from "@/lib/scan/find-scan-progress";
import { findLocalClusterId, findLocalClusterState } from "@/lib/scan/local-cluster-state";
import { type ClusterRecord, getCluster as getStored, listClusters as listStored } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { findNewest } from "./find-newest";
import { toStamp } from "./open-reader";
import { loadPosture } from "./posture-at";
import { toScores } from "./to-layer-score";
import type { Pool } from "pg";

async function toClusterDto(pool: Pool, cluster: ClusterRecord): Promise<ClusterDto> {
  const latest = await findNewest(pool, cluster.id);
  const posture = latest && (await loadPosture(pool, cluster.id, latest));
  const headline = posture ? headlineScore(posture.workload.layers) : null;
  const weakest = posture?.workload.weakest ?? null;
  const { slug, name, source, context, server, isDemo, scheduleIntervalMinutes, isSchedulePaused } = cluster;
  return {
    slug,
    name,
    source,
    context,
    server,
    isDemo,
    kubeVersion: latest?.kubeVersion ?? null,
    latest: latest ? toStamp(latest) : null,
    weakest: headline === null || weakest === null ? null : { layer: weakest, score: headline },
    scores: toScores(posture?.workload.layers),
    schedule: { intervalMinutes: scheduleIntervalMinutes, isPaused: isSchedulePaused },
    scan: await findScanProgress(pool, cluster.id),
  };
}

/** Every cluster that is known, real ones first, and what the kubeconfig of this machine offers. */
export async function listClusters(): Promise<ListClustersResponse> {
  const { pool, prisma } = getDatabase();
  const clusters: ClusterDto[] = [];
  const stored = await listStored(prisma);
  for (const cluster of stored) clusters.push(await toClusterDto(pool, cluster));
  const localId = findLocalClusterId();
  const isForgotten = localId !== null && !stored.some(({ id }) => id === localId);
  return { clusters, kubeconfig: { ...findLocalClusterState(), isForgotten } };
}

/** Throws not-found. */
export async function getCluster(slug: string): Promise<ClusterDto> {
  const { pool, prisma } = getDatabase();
  return toClusterDto(pool, await getStored(prisma, slug));
}

/** A cluster of which there is no snapshot yet; null = there is one, or no such cluster. */
export async function findUnscanned(slug: string): Promise<ClusterDto | null> {
  const { pool, prisma } = getDatabase();
  const cluster = (await listStored(prisma)).find((entry) => entry.slug === slug);
  return cluster === undefined || (await findNewest(pool, cluster.id)) !== null ? null : toClusterDto(pool, cluster);
}
