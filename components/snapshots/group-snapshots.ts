import type { SnapshotDto } from "@/lib/contracts/snapshots";
import { formatDate, formatMonth, type TimeZone } from "@/lib/format/instant";
import { formatCount, formatLayerScore, formatNoun } from "@/lib/format/numbers";
import { isAllEmpty, LAYERS, type Layer } from "@/lib/model/layer";

export interface SnapshotGroup {
  /** "November 2026", or "24 Nov 2026" where a day has several. */
  readonly name: string;
  /** "26 snapshots, 1 opened, 40 closed": how many, and the findings that they opened and closed. */
  readonly note: string;
  readonly snapshots: readonly SnapshotDto[];
}

/** Scans per day from which a month is too long to be one group. */
const OFTEN = 4;

/** "1 opened", "40 closed": only what there is. */
export function changeWords(opened: number, closed: number): readonly string[] {
  return [...(opened === 0 ? [] : [`${formatCount(opened)} opened`]), ...(closed === 0 ? [] : [`${formatCount(closed)} closed`])];
}

/** What a scan was started by, after the number of its snapshot; `manual`, `schedule` and `demo` say it themselves. */
export function triggerWords(trigger: string): string {
  return trigger === "discovery" ? "first scan, when the cluster was found" : trigger;
}

/** Nothing could be assessed, and no finding is remembered: how many there are nobody knows. Where there is nothing to judge, there are none. */
export function isUnseen({ scores, open }: Pick<SnapshotDto, "scores" | "open">): boolean {
  return scores.every(({ score }) => score === null) && !isAllEmpty(scores) && Object.values(open).every((count) => count === 0);
}

/** Nothing that the list shows moved since the one before: among many days, those that did are looked for. */
export function isStill(snapshot: SnapshotDto, previous: SnapshotDto | undefined): boolean {
  if (previous === undefined || snapshot.opened + snapshot.closed > 0) return false;
  const shown = ({ open, gaps, objects, catalogueVersion, scores }: SnapshotDto): string =>
    JSON.stringify([open.critical, open.high, gaps, objects, catalogueVersion, ...LAYERS.map((layer) => formatScoreOf(scores, layer))]);
  return shown(snapshot) === shown(previous);
}

function formatScoreOf(scores: SnapshotDto["scores"], layer: Layer): string | null {
  const own = scores.find((entry) => entry.layer === layer);
  return own ? formatLayerScore(own) : null;
}

/** Snapshots, the newest first, in stretches that fold: months, or days where scans are frequent. */
export function groupSnapshots(snapshots: readonly SnapshotDto[], zone: TimeZone): readonly SnapshotGroup[] {
  const dayOf = ({ takenAt }: SnapshotDto): string => formatDate(new Date(takenAt), zone);
  const isOften = snapshots.length >= OFTEN * new Set(snapshots.map(dayOf)).size;
  const groups = Map.groupBy(snapshots, (snapshot) => (isOften ? dayOf(snapshot) : formatMonth(new Date(snapshot.takenAt), zone)));
  return [...groups].map(([name, own]) => {
    const sum = (of: (snapshot: SnapshotDto) => number): number => own.reduce((total, snapshot) => total + of(snapshot), 0);
    const [opened, closed] = [sum((snapshot) => snapshot.opened), sum((snapshot) => snapshot.closed)];
    return { name, note: [formatNoun(own.length, "snapshot"), ...changeWords(opened, closed)].join(", "), snapshots: own };
  });
}
