import "server-only";

/** SQL, to follow SELECT: what a row of `tally` says of its key, as `TallyInput` calls it. */
export const TALLY_VALUES = `n, failing, waived, unknown, subsumed, not_applicable AS "notApplicable", manual, stale, worst`;
