/** SQL: whether nobody could tell, up to a snapshot, if the finding `f` is one: what fails from then on is new, not open again. */
export const NEVER_JUDGED = (seq: string) =>
  `NOT EXISTS (SELECT 1 FROM finding_span p WHERE p.finding_id = f.id AND p.opened_seq <= ${seq} AND p.state NOT IN ('unknown', 'manual'))`;
