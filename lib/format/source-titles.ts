import { formatDate, type TimeZone } from "./instant";
import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { capitalise, countWord } from "./words";

/** "39 kinds were read, all that was asked for", "39 kinds were read; two could not be read" */
export function sourcesTitle(read: number, gaps: number): string {
  const could = `${formatNoun(read, "kind")} ${plural(read, "was", "were")} read`;
  return gaps === 0 ? `${capitalise(could)}${read === 0 ? "" : ", all that was asked for"}` : `${capitalise(could)}; ${countWord(gaps)} could not be read`;
}

/** 455007668 -> "455 MB"; decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${formatCount(bytes)} B`;
  if (bytes < 1_000_000) return `${formatCount(bytes / 1_000)} kB`;
  return bytes < 10_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${formatCount(bytes / 1_000_000)} MB`;
}

/** First and last snapshot of a cluster; null = there is none. */
interface HistoryEnds {
  readonly oldest: { readonly seq: number; readonly takenAt: string } | null;
  readonly newest: { readonly seq: number } | null;
}

/** "5 snapshots since 19 Oct 2026", "1 snapshot, of 19 Oct 2026": how far back the cluster is remembered, whichever page of them is shown. */
export function snapshotsTitle({ oldest, newest }: HistoryEnds, zone: TimeZone): string {
  if (oldest === null || newest === null) return "No snapshot yet";
  const count = newest.seq - oldest.seq + 1;
  return `${formatNoun(count, "snapshot")}${plural(count, ", of", " since")} ${formatDate(new Date(oldest.takenAt), zone)}`;
}

/** How often a cluster is scanned: "every hour", "every 15 minutes", "only on demand". */
export function scheduleWords(intervalMinutes: number | null, isPaused: boolean): string {
  if (intervalMinutes === null) return "only on demand";
  const words =
    intervalMinutes % 1440 === 0
      ? everyUnit(intervalMinutes / 1440, "day")
      : intervalMinutes % 60 === 0
        ? everyUnit(intervalMinutes / 60, "hour")
        : everyUnit(intervalMinutes, "minute");
  return isPaused ? `paused (${words})` : words;
}

function everyUnit(count: number, unit: string): string {
  return count === 1 ? `every ${unit}` : `every ${formatCount(count)} ${unit}s`;
}
