import { renderWhole } from "@/lib/engine/render-value";
import type { Evidence } from "@/lib/model/verdict";
import { valueElsewhen } from "@/lib/reads/value-elsewhen";

/**
 * Whether all that failed of an object is otherwise in another version of it: of a field that still is as it failed, only the control can have changed its
 * mind. One side alone tells where the container came or went.
 */
export function hasChanged(evidence: readonly Evidence[], before: unknown, after: unknown): boolean {
  const fields = evidence.map((entry) => [valueElsewhen(before, entry, renderWhole), valueElsewhen(after, entry, renderWhole)] as const);
  const told = fields.filter(([old, now]) => old !== undefined || now !== undefined);
  return told.length > 0 && told.every(([old, now]) => old !== now);
}
