import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { formatInstant } from "@/lib/format/instant";
import type { Cluster, PrismaClient } from "@/prisma/generated/client";

/** Of the database, or of a transaction. */
export type ClusterTable = Pick<PrismaClient, "cluster" | "forgottenCluster">;

/** Any constant that no other lock has. */
const LOCK_KEY = 4_304_020_420;
/** SQL: what `holdClusters` begins with, for whoever takes a cluster away. */
export const HOLD_CLUSTERS = `SELECT pg_advisory_xact_lock(${LOCK_KEY})`;

/**
 * Lets no other server hold them too before `work` is done, so that what it finds is still so when it saves. The table itself is not locked: whoever has a
 * row to change would wait for it, and be waited for.
 */
export function holdClusters<T>(prisma: PrismaClient, work: (table: ClusterTable) => Promise<T>): Promise<T> {
  return prisma.$transaction(async (table) => {
    await table.$executeRawUnsafe(HOLD_CLUSTERS);
    return work(table);
  });
}

type ClusterSource = "kubeconfig" | "in-cluster" | "demo";

export interface ClusterRecord {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly source: ClusterSource;
  readonly context: string | null;
  readonly server: string | null;
  /** uid of the namespace kube-system; null = it may not be read. */
  readonly uid: string | null;
  /** Of a cluster that runs on the machine that reads it (`findAuthority`). */
  readonly authority: string | null;
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
  readonly authority?: string | null;
  readonly isDemo?: boolean;
  readonly settings?: object;
  readonly scheduleIntervalMinutes?: number | null;
  readonly isSchedulePaused?: boolean;
}

function toRecord({ id, schedulePaused, source, ...row }: Cluster): ClusterRecord {
  return { ...row, id: Number(id), source: source as ClusterSource, isSchedulePaused: schedulePaused };
}

/** By name as people sort, whatever the language of the database; the demo last. */
export async function listClusters(prisma: ClusterTable): Promise<ClusterRecord[]> {
  const clusters = (await prisma.cluster.findMany({ orderBy: { id: "asc" } })).map(toRecord);
  return clusters.sort((a, b) => Number(a.isDemo) - Number(b.isDemo) || a.name.localeCompare(b.name, "en"));
}

/** Null = no cluster has this slug. */
export async function findCluster(prisma: PrismaClient, slug: string): Promise<ClusterRecord | null> {
  const row = await prisma.cluster.findUnique({ where: { slug } });
  return row === null ? null : toRecord(row);
}

/** Whether it is still there. */
export async function isKnownCluster(pool: Pool, id: number): Promise<boolean> {
  return (await pool.query("SELECT 1 FROM cluster WHERE id = $1", [id])).rowCount === 1;
}

function unknownCluster(slug: string, forgottenAt: Date | null): AppError {
  if (forgottenAt === null) return new AppError("not-found", `There is no cluster named ${slug}.`);
  return new AppError("gone", `The cluster ${slug} was forgotten on ${formatInstant(forgottenAt, "UTC")}.`);
}

/** Its id, its row held for a change where `isHeld`. Throws `not-found` where no cluster has this slug, `gone` where one had it. */
export async function findClusterId(client: Pick<Pool, "query">, slug: string, isHeld = false): Promise<number> {
  const { rows } = await client.query<{ id: number }>(`SELECT id FROM cluster WHERE slug = $1 ${isHeld ? "FOR UPDATE" : ""}`, [slug]);
  if (rows[0]) return rows[0].id;
  const { rows: forgotten } = await client.query<{ at: Date }>("SELECT forgotten_at AS at FROM forgotten_cluster WHERE slug = $1", [slug]);
  throw unknownCluster(slug, forgotten[0]?.at ?? null);
}

/** Throws `not-found` where no cluster has this slug, `gone` where one had it. */
export async function getCluster(prisma: PrismaClient, slug: string): Promise<ClusterRecord> {
  const cluster = await findCluster(prisma, slug);
  if (cluster !== null) return cluster;
  throw unknownCluster(slug, (await prisma.forgottenCluster.findUnique({ where: { slug } }))?.forgottenAt ?? null);
}

/** Adds the cluster, or changes the one with that slug. */
export async function saveCluster(prisma: ClusterTable, input: ClusterInput): Promise<ClusterRecord> {
  const { slug, isSchedulePaused, ...rest } = input;
  const values = { ...rest, ...(isSchedulePaused === undefined ? {} : { schedulePaused: isSchedulePaused }) };
  return toRecord(await prisma.cluster.upsert({ where: { slug }, create: { slug, ...values }, update: values }));
}

interface Schedule {
  readonly intervalMinutes: number | null;
  readonly isPaused: boolean;
}

const toColumns = ({ intervalMinutes, isPaused }: Schedule) => ({ scheduleIntervalMinutes: intervalMinutes, schedulePaused: isPaused });

/** Sets how often a cluster is scanned. With `was`, in one step with the question whether that is still stored. False = it is not, or there is no such cluster. */
export async function changeSchedule(prisma: PrismaClient, slug: string, schedule: Schedule, was?: Schedule): Promise<boolean> {
  const { count } = await prisma.cluster.updateMany({ where: { slug, ...(was && toColumns(was)) }, data: toColumns(schedule) });
  return count > 0;
}

/** A slug that no cluster has or had: `base`, `base-2`, ... in letters, digits and dashes. */
export async function pickSlug(prisma: ClusterTable, text: string): Promise<string> {
  const base =
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 60) || "cluster";
  const asked = { where: { slug: { startsWith: base } }, select: { slug: true } };
  const taken = new Set([...(await prisma.cluster.findMany(asked)), ...(await prisma.forgottenCluster.findMany(asked))].map((row) => row.slug));
  for (let number = 2; ; number += 1) {
    const slug = number === 2 && !taken.has(base) ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}
