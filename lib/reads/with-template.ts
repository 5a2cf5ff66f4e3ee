import "server-only";
import { type JsonRecord, record } from "@/lib/model/json";

/** What is remembered of a root that is known by its pods alone, a static pod or a custom kind, is a pod's spec under the name of their owner. */
export function withTemplate(body: JsonRecord): JsonRecord {
  const spec = record(body.spec);
  if (body.kind === "Pod" || !Array.isArray(spec.containers)) return body;
  const { labels, annotations } = record(body.metadata);
  return { ...body, spec: { template: { metadata: { labels, annotations }, spec } } };
}
