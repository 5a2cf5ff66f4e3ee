import { formatPath, type PathStep } from "../../model/field-path";
import { isRecord } from "../../model/json";
import { findRedactionMarker, type SecretMatch } from "./secret-match";

/** Every text below that held a credential, with the way to it. */
export function listMarkers(value: unknown, steps: readonly PathStep[]): { readonly path: string; readonly text: string; readonly match: SecretMatch }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => listMarkers(item, [...steps, index]));
  if (isRecord(value)) return Object.entries(value).flatMap(([name, item]) => listMarkers(item, [...steps, name]));
  const match = findRedactionMarker(value);
  return match ? [{ path: formatPath(steps), text: String(value), match }] : [];
}
