import type { ClauseState } from "../model/clause-state";

/** Subjects of one control, or of all controls of a clause, by what they were judged. */
export interface ClauseCounts {
  /** Pass, failing and waived. */
  readonly judged: number;
  /** Of `judged`, carried from an earlier scan because this one could not read them. */
  readonly stale: number;
  readonly failing: number;
  /** Failing too, but listed under a more specific control that fails on the same evidence. */
  readonly subsumed: number;
  readonly waived: number;
  readonly unknown: number;
  readonly manual: number;
  /** Controls that nobody asked in the snapshot: the catalogue did not have them yet, or they are switched off here. */
  readonly unasked: number;
}

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
