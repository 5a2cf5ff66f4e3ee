/** The phases of one scan, in order. `reading`, `judging` and `storing` overlap: the phase is the furthest one begun. */
export const SCAN_PHASES = ["connecting", "reading", "judging", "storing"] as const;
export type ScanPhase = (typeof SCAN_PHASES)[number];

/** How far a running scan is. Counts only grow. */
export interface ScanProgress {
  readonly phase: ScanPhase;
  /** Kinds of resources to read, known after discovery; 0 before. */
  readonly kinds: number;
  readonly kindsDone: number;
  /** The kinds that are being read now. */
  readonly reading: readonly string[];
  readonly pages: number;
  readonly objects: number;
  /** Requests to the API server, retries included, and bytes of their answers. */
  readonly requests: number;
  readonly bytes: number;
  /** Verdicts given so far. */
  readonly verdicts: number;
}
