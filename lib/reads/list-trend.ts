import "server-only";
import type { EventMarker, SilentTimeDto, TrendPoint } from "@/lib/contracts/score";
import { loadSilentTimes, type SilentTime } from "@/lib/store/as-of/silent-times";
import { findSeqAt } from "@/lib/store/as-of/snapshot-log";
import { listEvents, listSeries, type SeriesPoint, type SnapshotEvent } from "@/lib/store/series";
import { DAY_MS } from "@/lib/model/day-ms";
import { type FilledReader, toStamp } from "./open-reader";
import { loadScores } from "./scores-at";
import { toTrendPoint } from "./to-layer-score";

export const DEFAULT_TREND_DAYS = 90;
const MAX_POINTS = 91;

const LABELS: Readonly<Record<SnapshotEvent["kind"], (label: string) => string>> = {
  "first-scan": () => "First scan",
  catalogue: (label) => `Catalogue ${label}`,
  scope: () => "Settings changed",
  version: (label) => (label === "" ? "Version not readable" : `Kubernetes ${label}`),
  coverage: () => "Coverage changed",
};

function toMarker(event: SnapshotEvent): EventMarker {
  return { seq: event.seq, takenAt: event.takenAt.toISOString(), kind: event.kind === "coverage" ? "gap" : event.kind, label: LABELS[event.kind](event.label) };
}

/** As the contracts have it. */
export function toSilentTime({ from, to }: SilentTime): SilentTimeDto {
  return { from: toStamp(from), to: toStamp(to) };
}

export interface Trend {
  /** The snapshot at which its days begin: the last one before them, or the first of all. `series` may begin later, with the last of several. */
  readonly fromSeq: number;
  readonly series: readonly SeriesPoint[];
  readonly points: TrendPoint[];
  readonly markers: EventMarker[];
  readonly silent: SilentTimeDto[];
}

/** Scores of the last `days` before the moment of the reader, at most about one point a day, beside those at the ends of silent times. */
export async function listTrend(reader: FilledReader, days = DEFAULT_TREND_DAYS): Promise<Trend> {
  const { pool, cluster, at } = reader;
  const fromSeq = await findSeqAt(pool, cluster.id, at.takenAt.getTime() - days * DAY_MS, at.seq);
  const silent = await loadSilentTimes(pool, cluster.id, fromSeq, at.seq);
  const range = { fromSeq, toSeq: at.seq, silent };
  const [series, events] = await Promise.all([
    listSeries(pool, cluster.id, { ...range, maxPoints: MAX_POINTS }),
    listEvents(pool, cluster.id, range.fromSeq, range.toSeq),
  ]);
  const scores = await loadScores(
    pool,
    cluster.id,
    series.map(({ seq }) => seq),
  );
  return {
    fromSeq,
    series,
    points: series.map((point) => toTrendPoint(point, scores.get(point.seq) ?? [])),
    markers: events.map(toMarker),
    silent: silent.map(toSilentTime),
  };
}
