/** SQL: whether the span `s` begins an open period, or brings one into another scope; its cause is why the finding opened there. */
export const BEGINS = (s: string) => `(${s}.open_since_seq = ${s}.opened_seq OR ${s}.opened_cause = 'settings')`;
