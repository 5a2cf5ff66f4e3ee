import "server-only";
import type { CollectProgress } from "@/lib/collectors/collect";

/** Phases of one scan, in order; `waiting` = for others, and nothing of it runs yet. */
export type ScanPhase = "waiting" | "connecting" | "reading" | "judging" | "storing";

/** How far a scan is, as its worker tells it. */
export interface ScanWork extends CollectProgress {
  readonly phase: ScanPhase;
  readonly verdicts: number;
}

export const NO_WORK: ScanWork = {
  phase: "connecting",
  kinds: 0,
  kindsDone: 0,
  gaps: 0,
  reading: [],
  pages: 0,
  objects: 0,
  requests: 0,
  bytes: 0,
  verdicts: 0,
};

export const WAITING: ScanWork = { ...NO_WORK, phase: "waiting" };
