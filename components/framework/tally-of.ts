import type { ClauseDto } from "@/lib/contracts/frameworks";
import { CLAUSE_STATES, type ClauseState } from "@/lib/model/clause-state";

/** How many clauses are in each state. */
export function tallyOf(clauses: readonly ClauseDto[]): Readonly<Partial<Record<ClauseState, number>>> {
  return Object.fromEntries(CLAUSE_STATES.map((state) => [state, clauses.filter((clause) => clause.state === state).length]));
}
