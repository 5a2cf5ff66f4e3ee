import "server-only";

/** File systems date files more coarsely than the clock is read. */
const OVERLAP_MS = 2_000;
const STEP_MS = 1_000;

/** Since when files have to be forced to the disk. */
export interface SyncMark {
  /** Epoch, ms: what was dated before it was forced to the disk by the last round. Begins the next one. */
  next(): number;
}

/**
 * `now` dates files, `passed` only goes on. Where the clock was put back between two rounds, files that changed since look old: that round is over all of them.
 */
export function createSyncMark(now: () => number, passed: () => number): SyncMark {
  let last: { readonly nowMs: number; readonly passedMs: number } | null = null;
  return {
    next() {
      const mark = { nowMs: now(), passedMs: passed() };
      const isPutBack = last !== null && mark.nowMs - last.nowMs < mark.passedMs - last.passedMs - STEP_MS;
      const sinceMs = last === null || isPutBack ? 0 : last.nowMs - OVERLAP_MS;
      last = mark;
      return sinceMs;
    },
  };
}
