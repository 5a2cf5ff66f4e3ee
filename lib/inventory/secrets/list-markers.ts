import { formatPath, type PathStep } from "../../model/field-path";
import { isRecord } from "../../model/json";
import { findRedactionMarker, type SecretMatch } from "./secret-match";

interface Marker {
  readonly path: string;
  readonly text: string;
  readonly match: SecretMatch;
}

/** Whether any text below held a credential. */
export function holdsMarker(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsMarker);
  if (!isRecord(value)) return findRedactionMarker(value) !== null;
  for (const name in value) if (holdsMarker(value[name])) return true;
  return false;
}

function markersBelow(value: unknown, steps: readonly PathStep[]): Marker[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => markersBelow(item, [...steps, index]));
  if (isRecord(value)) return Object.entries(value).flatMap(([name, item]) => markersBelow(item, [...steps, name]));
  const match = findRedactionMarker(value);
  return match ? [{ path: formatPath(steps), text: String(value), match }] : [];
}

/** Every text below that held a credential, with the way to it; nearly nothing holds one, and no way is made there. */
export function listMarkers(value: unknown, steps: readonly PathStep[]): readonly Marker[] {
  return holdsMarker(value) ? markersBelow(value, steps) : [];
}
