import { isLiveCredential } from "../inventory/secrets/secret-in-text";
import type { SecretMatch } from "../inventory/secrets/secret-match";
import type { Severity } from "../model/severity";

/** How grave a credential is in the open, by how sure it is one and whether it opens a live account as it stands. */
export function severityOfCredential(match: SecretMatch): Severity {
  if (match.confidence !== "high") return match.confidence;
  return isLiveCredential(match) ? "critical" : "high";
}
