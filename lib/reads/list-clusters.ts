import "server-only";
import type { ClusterDto, ListClustersResponse } from "@/lib/contracts/clusters";
import { LAYERS } from "@/lib/model/layer";
import { headlineScore } from "@/lib/scoring/posture";
import { parseStoredScores } from "@/lib/scoring/stored-scores";
import { findScanProgress } from "@/lib/scan/find-scan-progress";
import { findLocalClusterState } from "@/lib/scan/local-cluster-state";
import { type ClusterRecord, getCluster as getStored, listClusters as listStored } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { toStamp } from "./open-reader";
import type { Pool } from "pg";

async function toClusterDto(pool: Pool, cluster: ClusterRecord): Promise<ClusterDto> {
  const latest = await findLatestSnapshot(pool, cluster.id);
  const stored = latest ? parseStoredScores(latest.scores).workload : [];
  const scores = LAYERS.map((layer) => ({ layer, score: stored.find((entry) => entry.layer === layer)?.score ?? null }));
  const headline = headlineScore(stored);
  const weakest = headline === null ? undefined : scores.find(({ score }) => score === headline);
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
    weakest: headline === null || weakest === undefined ? null : { layer: weakest.layer, score: headline },
    scores,
    schedule: { intervalMinutes: scheduleIntervalMinutes, isPaused: isSchedulePaused },
    scan: await findScanProgress(pool, cluster.id),
  };
}

/** Every cluster that is known, real ones first, and what the kubeconfig of this machine offers. */
export async function listClusters(): Promise<ListClustersResponse> {
  const { pool, prisma } = getDatabase();
  const clusters: ClusterDto[] = [];
  for (const cluster of await listStored(prisma)) clusters.push(await toClusterDto(pool, cluster));
  clusters.sort((a, b) => Number(a.isDemo) - Number(b.isDemo) || (a.name < b.name ? -1 : 1));
  return { clusters, kubeconfig: findLocalClusterState() };
}

/** Throws not-found. */
export async function getCluster(slug: string): Promise<ClusterDto> {
  const { pool, prisma } = getDatabase();
  return toClusterDto(pool, await getStored(prisma, slug));
}

/** Throws not-found. */
export async function isScanning(slug: string): Promise<boolean> {
  const { pool, prisma } = getDatabase();
  const scan = await findScanProgress(pool, (await getStored(prisma, slug)).id);
  return scan?.state === "running" || scan?.state === "queued";
}
