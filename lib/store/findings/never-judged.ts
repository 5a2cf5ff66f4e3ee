/**
 * SQL: whether nobody could tell, up to a snapshot, if the finding `f` is one: what fails from then on is new, not open again. Asked finding by
 * finding through the index: as NOT EXISTS the planner reads every span of the history once, which grows with time.
 */
export const NEVER_JUDGED = (seq: string) =>
  `(SELECT p.id FROM finding_span p WHERE p.finding_id = f.id AND p.opened_seq <= ${seq} AND p.state NOT IN ('unknown', 'manual') LIMIT 1) IS NULL`;
