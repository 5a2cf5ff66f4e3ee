import "server-only";

/** SQL of the evidence of a span, of the alias that it has in the query: that of its digest, or what an earlier release kept in the span. */
export function evidenceOf(span: string): string {
  return `coalesce(${span}.evidence, (SELECT said.body FROM evidence said WHERE said.cluster_id = ${span}.cluster_id AND said.digest = ${span}.digest))`;
}
