import { tableOf } from "./table-of";

/** What the controls of a clause came to, gravest first. `no-control` = nothing of ours maps to it. */
export const CLAUSE_STATES = ["fail", "not-assessed", "needs-review", "pass", "not-applicable", "no-control"] as const;
export type ClauseState = (typeof CLAUSE_STATES)[number];

/** How many clauses are in each state. */
export function countStates(clauses: readonly { readonly state: ClauseState }[]): Record<ClauseState, number> {
  return tableOf(CLAUSE_STATES, (state) => clauses.filter((clause) => clause.state === state).length);
}

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
