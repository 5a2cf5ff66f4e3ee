import { baselineWords } from "@/lib/format/baseline-words";
import { baselineInstant } from "@/lib/model/baseline";
import type { ShellSnapshot } from "./shell-data";

export interface Baseline {
  readonly seq: number;
  readonly at: string;
  /** "last review", "seven days before", "first snapshot" */
  readonly words: string;
}

/**
 * The baseline of a moment while the address names none. For the newest moment the server says it; for an earlier one it is found
 * by the same rule in the snapshots that the frame knows, newest first. Null = nothing earlier, or too far back to know.
 */
export function findBaseline(snapshots: readonly ShellSnapshot[], given: Baseline | null, at: number | null): Baseline | null {
  const newest = snapshots[0];
  if (newest === undefined) return null;
  if (at === null || at === newest.seq) return given;
  const shown = snapshots.find((snapshot) => snapshot.seq === at);
  if (shown === undefined) return null;
  const earlier = snapshots.filter((snapshot) => snapshot.seq < shown.seq);
  const limitMs = baselineInstant(new Date(shown.at)).getTime();
  const found = earlier.find((snapshot) => Date.parse(snapshot.at) <= limitMs) ?? earlier.find((snapshot) => snapshot.seq === 1);
  return found === undefined ? null : { seq: found.seq, at: found.at, words: baselineWords(new Date(found.at), new Date(shown.at)) };
}
