import "server-only";
import { amount, record } from "@/lib/model/json";

/** By the facts of a snapshot, how many of the built-in lists of platform namespaces its release knew: the first ones kept no word of it. */
export function platformRulesAt(facts: unknown): number {
  return amount(record(facts).platformRules) ?? 1;
}
