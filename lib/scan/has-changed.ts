import { renderWhole } from "@/lib/engine/render-value";
import { redact } from "@/lib/inventory/secrets/redact";
import { findRedactionMarker, readRedactedLines, withoutMarkers } from "@/lib/inventory/secrets/secret-match";
import { isRecord } from "@/lib/model/json";
import type { Evidence } from "@/lib/model/verdict";
import { valueElsewhen } from "@/lib/reads/value-elsewhen";

/**
 * Whether all that failed of an object is otherwise in another version of it: of a field that still is as it failed, only the control can have changed its
 * mind. One side alone tells where the container came or went.
 */
export function hasChanged(evidence: readonly Evidence[], before: unknown, after: unknown): boolean {
  // Of what an earlier release stored as it stood, this one may know a credential: nobody changed it.
  return isOtherwise(evidence, before, after) && (!isRecord(before) || isOtherwise(evidence, redact(before), after));
}

function isOtherwise(evidence: readonly Evidence[], before: unknown, after: unknown): boolean {
  const fields = evidence.map((entry) => [valueElsewhen(before, entry, renderWhole), valueElsewhen(after, entry, renderWhole)] as const);
  const told = fields.filter(([old, now]) => old !== undefined || now !== undefined);
  return told.length > 0 && told.every(([old, now]) => old !== now && !isShownAgain(old, now));
}

/** What an earlier release hid, this one may take for no credential. A file that held several things is as long as anything; any other text as it was. */
function isShownAgain(old: string | null | undefined, now: string | null | undefined): boolean {
  const hidden = findRedactionMarker(old);
  if (!hidden || typeof old !== "string" || typeof now !== "string" || findRedactionMarker(now)) return false;
  const isFile = readRedactedLines(old)?.some(({ key }) => key !== undefined) === true;
  return isFile || withoutMarkers(old).length + hidden.length === now.length;
}
