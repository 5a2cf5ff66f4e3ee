/** What the controls of a clause came to, gravest first. `no-control` = nothing of ours maps to it. */
export const CLAUSE_STATES = ["fail", "not-assessed", "needs-review", "pass", "not-applicable", "no-control"] as const;
export type ClauseState = (typeof CLAUSE_STATES)[number];
