import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import type { Cluster, PrismaClient } from "@/prisma/generated/client";

export type ClusterSource = "kubeconfig" | "in-cluster" | "demo";

export interface ClusterRecord {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly source: ClusterSource;
  readonly context: string | null;
  readonly server: string | null;
  /** uid of the namespace kube-system. */
  readonly uid: string | null;
  readonly isDemo: boolean;
  readonly createdAt: Date;
  readonly settings: unknown;
  readonly scheduleIntervalMinutes: number | null;
  readonly isSchedulePaused: boolean;
}

/** Absent fields stay as they are, or start empty. */
export interface ClusterInput {
  readonly slug: string;
  readonly name: string;
  readonly source: ClusterSource;
  readonly context?: string | null;
  readonly server?: string | null;
  readonly uid?: string | null;
  readonly isDemo?: boolean;
  readonly settings?: object;
  readonly scheduleIntervalMinutes?: number | null;
  readonly isSchedulePaused?: boolean;
}

function toRecord({ id, schedulePaused, source, ...row }: Cluster): ClusterRecord {
  return { ...row, id: Number(id), source: source as ClusterSource, isSchedulePaused: schedulePaused };
}

export async function listClusters(prisma: PrismaClient): Promise<ClusterRecord[]> {
  return (await prisma.cluster.findMany({ orderBy: [{ isDemo: "asc" }, { name: "asc" }] })).map(toRecord);
}

export async function findCluster(prisma: PrismaClient, slug: string): Promise<ClusterRecord | null> {
  const row = await prisma.cluster.findUnique({ where: { slug } });
  return row === null ? null : toRecord(row);
}

export async function getCluster(prisma: PrismaClient, slug: string): Promise<ClusterRecord> {
  const cluster = await findCluster(prisma, slug);
  if (cluster === null) throw new AppError("not-found", `There is no cluster named ${slug}.`);
  return cluster;
}

/** Adds the cluster, or changes the one with that slug. */
export async function saveCluster(prisma: PrismaClient, input: ClusterInput): Promise<ClusterRecord> {
  const { slug, isSchedulePaused, ...rest } = input;
  const values = { ...rest, ...(isSchedulePaused === undefined ? {} : { schedulePaused: isSchedulePaused }) };
  return toRecord(await prisma.cluster.upsert({ where: { slug }, create: { slug, ...values }, update: values }));
}

/** A slug that no cluster has: `base`, `base-2`, ... in letters, digits and dashes. */
export async function pickSlug(prisma: PrismaClient, text: string): Promise<string> {
  const base =
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 60) || "cluster";
  const taken = new Set((await prisma.cluster.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } })).map((row) => row.slug));
  for (let number = 2; ; number += 1) {
    const slug = number === 2 && !taken.has(base) ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

const TABLES = ["snapshot", "coverage_set", "score_set", "scan", "tally", "finding_span", "finding", "resource_version", "resource"];

/** Removes a cluster and all that is remembered of it, permalinks included. */
export async function deleteCluster(pool: Pool, clusterId: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM cluster WHERE id = $1 FOR UPDATE", [clusterId]);
    for (const table of TABLES) await client.query(`DELETE FROM ${table} WHERE cluster_id = $1`, [clusterId]);
    await client.query("DELETE FROM cluster WHERE id = $1", [clusterId]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
