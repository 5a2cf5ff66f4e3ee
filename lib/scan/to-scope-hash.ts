import "server-only";
import type { Settings } from "@/lib/inventory/inventory";
import { toDigest } from "@/lib/store/digests";

/** Tells with which settings a snapshot was judged. */
export function toScopeHash(settings: Settings): string {
  return toDigest(JSON.stringify(settings));
}
