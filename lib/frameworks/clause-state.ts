import type { ClauseCounts, ClauseState } from "../model/clause-state";
import { toOpen, toUntold } from "../model/clause-part";
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

/** One failing subject fails a clause; one that could not be read or waits for people, or a part that no control sees, keeps it from passing. */
export function clauseState(controls: readonly ClauseCounts[], { gap, rest }: ClauseLimits = { gap: null, rest: null }): ClauseState {
  if (controls.length === 0) return gap === null ? "no-control" : "not-assessed";
  const { judged, stale, failing, subsumed, unknown, manual, unasked } = addCounts(controls);
  if (failing + subsumed > 0) return "fail";
  if (unknown + stale + unasked > 0) return "not-assessed";
  if (manual > 0) return "needs-review";
  if (rest !== null) return "not-assessed";
  return judged > 0 ? "pass" : "not-applicable";
}

/** What the evidence of a control's findings names, finding by finding, by their `check`. */
export interface Told {
  readonly failing: readonly ReadonlySet<string>[];
  readonly manual: readonly ReadonlySet<string>[];
}

/**
 * The counts of a control as one clause has them: what fails, or waits for people, of other parts passes here, and what names its parts as untold or open
 * is not assessed, or waits for people. `told`: null = the evidence does not say.
 */
export function narrowCounts(counts: ClauseCounts, { parts }: Pick<Clause, "parts">, told: Told | null): ClauseCounts {
  if (parts.length === 0 || told === null) return counts;
  const names = (mark: (part: string) => string) => (checks: ReadonlySet<string>) => parts.some((part) => checks.has(mark(part)));
  const [isUntold, isOpen] = [names(toUntold), names(toOpen)];
  const others = told.failing.filter((checks) => !names((part) => part)(checks));
  const untold = others.filter(isUntold).length;
  const open = others.filter((checks) => !isUntold(checks) && isOpen(checks)).length;
  const settled = told.manual.filter((checks) => !isOpen(checks)).length;
  return {
    ...counts,
    judged: counts.judged - open + settled,
    failing: counts.failing - others.length,
    unknown: counts.unknown + untold,
    manual: counts.manual + open - settled,
  };
}
