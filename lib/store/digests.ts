import "server-only";
import { hash } from "node:crypto";

/** First 128 bits of SHA-256, as 32 hexadecimal digits. */
export function toDigest(text: string): string {
  return hash("sha256", text, "hex").slice(0, 32);
}

/** Identity of a finding within its cluster: the same control on the same resource and locator is the same finding. */
export function toFingerprint(controlId: string, resourceKey: string, locator: string): string {
  return toDigest(`${controlId}\n${resourceKey}\n${locator}`);
}
