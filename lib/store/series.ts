import "server-only";
import type { Pool } from "pg";
import type { SilentTime } from "./as-of/silent-times";
import { type LoggedSnapshot, loadSnapshotLog } from "./as-of/snapshot-log";
import { movedIn, type SnapshotRecord } from "./snapshots";

const MAX_POINTS = 400;

/** A snapshot of a series, with what opened and closed since the one before it in the series. */
export interface SeriesPoint extends Pick<SnapshotRecord, "seq" | "takenAt" | "counts"> {
  readonly openedSum: Readonly<Record<"workload" | "platform", number>>;
  readonly closedSum: Readonly<Record<"workload" | "platform", number>>;
}

export interface SeriesRange {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** At most 400, the default. */
  readonly maxPoints?: number;
  /** The snapshots at both of their ends are there beside those, so that each ends on its day. */
  readonly silent?: readonly SilentTime[];
}

/** Equal stretches of time, oldest first, each with its snapshots; those on either side of a silent time, and the one that ends it, are apart. */
function toBuckets(snapshots: readonly LoggedSnapshot[], count: number, silent: readonly SilentTime[]): LoggedSnapshot[][] {
  const times = snapshots.map(({ takenAtMs }) => takenAtMs);
  const firstMs = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const lastMs = times.reduce((a, b) => Math.max(a, b), 0);
  const spanMs = Math.max(lastMs - firstMs, 1_000);
  const begins = new Set(silent.flatMap(({ to }) => [to.seq, to.seq + 1]));
  let part = 0;
  const keyOf = ({ seq, takenAtMs }: LoggedSnapshot): string => {
    if (begins.has(seq)) part += 1;
    return `${part} ${Math.min(Math.floor(((takenAtMs - firstMs) * count) / spanMs), count - 1)}`;
  };
  return [...Map.groupBy(snapshots, keyOf).values()];
}

function sumOf(bucket: readonly LoggedSnapshot[], change: "opened" | "closed"): SeriesPoint["openedSum"] {
  const of = (scope: "workload" | "platform") => bucket.reduce((sum, snapshot) => sum + movedIn(snapshot, change)[scope], 0);
  return { workload: of("workload"), platform: of("platform") };
}

/** Snapshots of a range, thinned evenly over time, oldest first; the last one is always there. */
export async function listSeries(pool: Pool, clusterId: number, range: SeriesRange): Promise<SeriesPoint[]> {
  const snapshots = await loadSnapshotLog(pool, clusterId, range.fromSeq, range.toSeq);
  const points = toBuckets(snapshots, Math.min(range.maxPoints ?? MAX_POINTS, MAX_POINTS), range.silent ?? []).flatMap((bucket) => {
    const last = bucket.at(-1);
    return last ? [{ last, bucket }] : [];
  });
  points.sort((a, b) => a.last.seq - b.last.seq);
  return points.map(({ last: { seq, takenAtMs, counts }, bucket }) => ({
    seq,
    takenAt: new Date(takenAtMs),
    counts,
    openedSum: sumOf(bucket, "opened"),
    closedSum: sumOf(bucket, "closed"),
  }));
}

export interface SnapshotEvent {
  readonly seq: number;
  readonly takenAt: Date;
  readonly kind: "first-scan" | "catalogue" | "scope" | "version" | "coverage";
  /** The new catalogue or Kubernetes version; empty for the others. */
  readonly label: string;
}

function toEvents(snapshot: LoggedSnapshot, before: LoggedSnapshot | undefined): SnapshotEvent[] {
  const { seq, catalogueVersion, kubeVersion } = snapshot;
  const takenAt = new Date(snapshot.takenAtMs);
  if (!before) return [{ seq, takenAt, kind: "first-scan", label: "" }];
  const isCatalogue = catalogueVersion !== before.catalogueVersion;
  return [
    ...(isCatalogue ? [{ seq, takenAt, kind: "catalogue" as const, label: catalogueVersion }] : []),
    // Switching a control off changes both; it is one event.
    ...(snapshot.scopeHash !== before.scopeHash && !isCatalogue ? [{ seq, takenAt, kind: "scope" as const, label: "" }] : []),
    ...(kubeVersion !== before.kubeVersion ? [{ seq, takenAt, kind: "version" as const, label: kubeVersion ?? "" }] : []),
    ...(snapshot.coverageId !== before.coverageId ? [{ seq, takenAt, kind: "coverage" as const, label: "" }] : []),
  ];
}

/** Where something changed that explains a step in a chart. */
export async function listEvents(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<SnapshotEvent[]> {
  const snapshots = await loadSnapshotLog(pool, clusterId, fromSeq - 1, toSeq);
  return snapshots.flatMap((snapshot, at) => (snapshot.seq < fromSeq ? [] : toEvents(snapshot, snapshots[at - 1])));
}
