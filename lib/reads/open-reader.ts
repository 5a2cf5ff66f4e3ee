import "server-only";
import type { Pool } from "pg";
import { cache } from "react";
import type { Moment, MomentQuery, SnapshotStamp } from "@/lib/contracts/words";
import { AppError } from "@/lib/errors/app-error";
import { baselineInstant } from "@/lib/model/baseline";
import { getDatabase } from "@/lib/store/database-handle";
import { findSeqAt } from "@/lib/store/as-of/snapshot-log";
import { type ClusterRecord, getCluster } from "@/lib/store/clusters";
import { findSnapshot, type SnapshotRecord } from "@/lib/store/snapshots";
import { findNewest } from "./find-newest";

/** A cluster at a moment: what every page is read through. */
export interface Reader {
  readonly pool: Pool;
  readonly cluster: ClusterRecord;
  /** null before the first snapshot. */
  readonly at: SnapshotRecord | null;
  readonly since: SnapshotRecord | null;
  /** The newest of the cluster, whatever moment is asked for. */
  readonly latest: SnapshotRecord | null;
  readonly isNow: boolean;
}

/** A reader whose cluster has a snapshot. */
export type FilledReader = Reader & { readonly at: SnapshotRecord };

export function toStamp(snapshot: Pick<SnapshotRecord, "seq" | "takenAt">): SnapshotStamp {
  return { seq: snapshot.seq, takenAt: snapshot.takenAt.toISOString() };
}

export function toMoment(reader: Reader): Moment {
  return { at: reader.at ? toStamp(reader.at) : null, isNow: reader.isNow, since: reader.since ? toStamp(reader.since) : null };
}

async function findAsked(pool: Pool, cluster: ClusterRecord, seq: number, latest: SnapshotRecord | null, name: string): Promise<SnapshotRecord> {
  const found = seq === latest?.seq ? latest : await findSnapshot(pool, cluster.id, seq);
  if (found) return found;
  const newest = latest ? `the newest is ${latest.seq}` : "there is none yet";
  throw new AppError("not-found", `${name}=${seq}: ${cluster.name} has no snapshot ${seq}; ${newest}.`);
}

/** Of the snapshots up to `seq`, the newest at or before an instant; the oldest one when all are later. */
async function findBefore(pool: Pool, clusterId: number, instant: Date, seq: number): Promise<SnapshotRecord | null> {
  return findSnapshot(pool, clusterId, await findSeqAt(pool, clusterId, instant.getTime(), seq));
}

/** A cluster and its newest snapshot; null = it was never scanned. While a page is made it is read once (findNewest). Throws not-found. */
export const openCluster = cache(async (slug: string) => {
  const { pool, prisma } = getDatabase();
  const cluster = await getCluster(prisma, slug);
  return { pool, cluster, latest: await findNewest(pool, cluster.id) };
});

/** Throws not-found for a cluster or a snapshot that does not exist. */
export async function openReader(slug: string, query: MomentQuery): Promise<Reader> {
  const { pool, cluster, latest } = await openCluster(slug);
  const at = query.at === undefined ? latest : await findAsked(pool, cluster, query.at, latest, "at");
  if (!at) return { pool, cluster, at: null, since: null, latest: null, isNow: true };
  const since =
    query.since === undefined
      ? await findBefore(pool, cluster.id, baselineInstant(at.takenAt), at.seq)
      : await findAsked(pool, cluster, query.since, latest, "since");
  if (since && since.seq > at.seq)
    throw new AppError("bad-request", `since=${since.seq} is later than at=${at.seq}; a change is measured from the earlier snapshot.`);
  return { pool, cluster, at, since: since && since.seq < at.seq ? since : null, latest, isNow: at.seq === latest?.seq };
}

/** Throws not-found before the first snapshot: for reads that have nothing to show then. */
export async function openFilledReader(slug: string, query: MomentQuery): Promise<FilledReader> {
  const reader = await openReader(slug, query);
  if (!reader.at) throw new AppError("not-found", `${reader.cluster.name} has no snapshot yet: scan it first.`);
  return { ...reader, at: reader.at };
}
