import type { ScoredControl } from "./score";

/** A control of which so many of its subjects fail, none of them milder than it can be. */
export const control = (id: string, maxSeverity: ScoredControl["maxSeverity"], failing: number, n = 10): ScoredControl => ({
  control: id,
  maxSeverity,
  n,
  failing,
  worst: failing > 0 ? maxSeverity : null,
  unknown: 0,
  stale: 0,
});
