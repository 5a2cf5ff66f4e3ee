import "server-only";
import { record, texts } from "@/lib/model/json";

/** By the facts of a snapshot, the Services behind which nothing answered webhooks, as `namespace/name`; null = an earlier release kept no word of it. */
export function unansweredAt(facts: unknown): readonly string[] | null {
  const { unanswered } = record(facts);
  return Array.isArray(unanswered) ? texts(unanswered) : null;
}
