import { findSecretInField } from "./secret-detector";
import { redactionMarker, withoutMarkers } from "./secret-match";
import { hideUrlCredentials } from "./url-credentials";

/** A field without its credential. An address keeps what of it is none: where it leads is judged. */
export function redactField(key: string, item: string): string {
  const match = findSecretInField(key, withoutMarkers(item));
  if (!match) return item;
  const shown = hideUrlCredentials(item);
  return shown === item || findSecretInField(key, withoutMarkers(shown)) ? redactionMarker(match) : shown;
}
