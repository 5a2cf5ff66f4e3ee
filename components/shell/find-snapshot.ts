import type { ShellSnapshot } from "./shell-data";

/** The newest snapshot not after the end of a day ("2026-11-17", in UTC); the oldest one when all are later. */
export function findSnapshotOfDay(snapshots: readonly ShellSnapshot[], day: string): ShellSnapshot | null {
  const end = Date.parse(`${day}T23:59:59.999Z`);
  if (Number.isNaN(end)) return null;
  return snapshots.find((snapshot) => Date.parse(snapshot.at) <= end) ?? snapshots.at(-1) ?? null;
}
