import type { ClauseCounts, ClauseState } from "../model/clause-state";
import { toUntold } from "../model/clause-part";
import type { Clause } from "./framework";

export const NO_COUNTS: ClauseCounts = { judged: 0, stale: 0, failing: 0, subsumed: 0, waived: 0, unknown: 0, manual: 0, unasked: 0 };

export function addCounts(all: readonly ClauseCounts[]): ClauseCounts {
  return all.reduce(
    (sum, one) => ({
      judged: sum.judged + one.judged,
      stale: sum.stale + one.stale,
      failing: sum.failing + one.failing,
      subsumed: sum.subsumed + one.subsumed,
      waived: sum.waived + one.waived,
      unknown: sum.unknown + one.unknown,
      manual: sum.manual + one.manual,
      unasked: sum.unasked + one.unasked,
    }),
    NO_COUNTS,
  );
}

/** What is known of a clause beside the verdicts of its controls. */
export interface ClauseLimits {
  /** Why no control asks about it. */
  readonly gap: string | null;
  /** What its controls leave open. */
  readonly rest: string | null;
}

/** One failing subject fails a clause; one that could not be read, or a part that no control sees, keeps it from passing. */
export function clauseState(controls: readonly ClauseCounts[], { gap, rest }: ClauseLimits = { gap: null, rest: null }): ClauseState {
  if (controls.length === 0) return gap === null ? "no-control" : "not-assessed";
  const { judged, stale, failing, subsumed, unknown, manual, unasked } = addCounts(controls);
  if (failing + subsumed > 0) return "fail";
  if (unknown + stale + unasked > 0) return "not-assessed";
  if (judged > 0) return rest === null ? "pass" : "not-assessed";
  if (manual > 0) return "needs-review";
  return rest === null ? "not-applicable" : "not-assessed";
}

/**
 * The counts of a control as one clause has them: where nothing that fails is a part of it, nothing fails, and where its parts could not be told they are
 * not assessed. `violated`: null = the evidence does not say.
 */
export function narrowCounts(counts: ClauseCounts, { parts }: Pick<Clause, "parts">, violated: ReadonlySet<string> | null): ClauseCounts {
  if (parts.length === 0 || violated === null || parts.some((part) => violated.has(part))) return counts;
  const isUntold = parts.some((part) => violated.has(toUntold(part)));
  return { ...counts, failing: 0, unknown: counts.unknown + (isUntold ? counts.failing : 0) };
}
