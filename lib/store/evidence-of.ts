import "server-only";

/** SQL of the evidence of a span, of the alias that it has in the query: that of its digest, or what an earlier release kept in the span. */
export function evidenceOf(span: string): string {
  return `coalesce(${span}.evidence, (SELECT said.body FROM evidence said WHERE said.cluster_id = ${span}.cluster_id AND said.digest = ${span}.digest))`;
}

/** SQL, to follow FROM: what the digest of a span says, as `said`. Looked up span by span: joined, the planner may read all that was ever said. */
export function saidBy(span: string): string {
  return `LEFT JOIN LATERAL (SELECT e.body, e.reason FROM evidence e WHERE e.cluster_id = ${span}.cluster_id AND e.digest = ${span}.digest LIMIT 1) said ON true`;
}
