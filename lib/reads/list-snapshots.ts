import "server-only";
import type { ListSnapshotsResponse, SnapshotDto } from "@/lib/contracts/snapshots";
import { amount, record } from "@/lib/model/json";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { findHistoryEnds, listSnapshots as listStored, movedIn, type SnapshotRecord } from "@/lib/store/snapshots";
import { openInAll } from "./counts";
import { toStamp } from "./open-reader";
import { loadScores, type ScoresAt } from "./scores-at";

const PAGE = 100;

function toSnapshotDto(snapshot: SnapshotRecord, scores: ScoresAt): SnapshotDto {
  const facts = record(snapshot.facts);
  return {
    seq: snapshot.seq,
    takenAt: snapshot.takenAt.toISOString(),
    durationMs: snapshot.durationMs,
    trigger: snapshot.trigger,
    kubeVersion: snapshot.kubeVersion,
    catalogueVersion: snapshot.catalogueVersion,
    scores: scores.map(({ layer, score, coverage }) => ({ layer, score, coverage })),
    open: openInAll(snapshot),
    opened: movedIn(snapshot, "opened").workload,
    closed: movedIn(snapshot, "closed").workload,
    gaps: amount(facts.gaps) ?? 0,
    objects: amount(facts.objects) ?? 0,
  };
}

/** Snapshots, newest first. Throws not-found. */
export async function listSnapshots(
  slug: string,
  query: { readonly before?: number | undefined; readonly limit?: number | undefined },
): Promise<ListSnapshotsResponse> {
  const { pool, prisma } = getDatabase();
  const cluster = await getCluster(prisma, slug);
  const limit = query.limit ?? PAGE;
  const found = await listStored(pool, cluster.id, { ...(query.before !== undefined && { beforeSeq: query.before }), limit: limit + 1 });
  const kept = found.slice(0, limit);
  const earlier = found[limit];
  const seqs = found.map(({ seq }) => seq).toReversed();
  const scores = await loadScores(pool, cluster.id, seqs);
  const ends = await findHistoryEnds(pool, cluster.id);
  const toDto = (snapshot: SnapshotRecord): SnapshotDto => toSnapshotDto(snapshot, scores.get(snapshot.seq) ?? []);
  return {
    snapshots: kept.map(toDto),
    earlier: earlier ? toDto(earlier) : null,
    nextBefore: earlier ? (kept.at(-1)?.seq ?? null) : null,
    oldest: ends && toStamp(ends.oldest),
    newest: ends && toStamp(ends.newest),
  };
}
