import type { ShellSnapshot } from "./shell-data";

export interface Baseline {
  readonly seq: number;
  readonly at: string;
  /** "last review", "seven days before" */
  readonly words: string;
}

const WEEK_MS = 7 * 86_400_000;

/**
 * The baseline of a moment while the address names none: the given one when it is older than the moment,
 * else the snapshot seven days before it, else the oldest earlier one. Snapshots come newest first.
 */
export function findBaseline(snapshots: readonly ShellSnapshot[], given: Baseline | null, at: number | null): Baseline | null {
  const shown = snapshots.find((snapshot) => snapshot.seq === at) ?? snapshots[0];
  if (shown === undefined) return null;
  if (given !== null && given.seq < shown.seq) return given;
  const earlier = snapshots.filter((snapshot) => snapshot.seq < shown.seq);
  const week = earlier.find((snapshot) => Date.parse(snapshot.at) <= Date.parse(shown.at) - WEEK_MS);
  const found = week ?? earlier.at(-1);
  if (found === undefined) return null;
  return { seq: found.seq, at: found.at, words: week === undefined ? "first snapshot" : "seven days before" };
}
