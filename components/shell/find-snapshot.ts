import type { TimeZone } from "@/lib/format/instant";
import type { ShellSnapshot } from "./shell-data";

/** "2026-11-17": the day of an instant where the reader is, as a date field wants it. */
export function dayOf(at: string, zone: TimeZone): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date(at));
}

/** The newest snapshot not after a day of the reader's ("2026-11-17"); the oldest one when all are later. */
export function findSnapshotOfDay(snapshots: readonly ShellSnapshot[], day: string, zone: TimeZone): ShellSnapshot | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  return snapshots.find((snapshot) => dayOf(snapshot.at, zone) <= day) ?? snapshots.at(-1) ?? null;
}
