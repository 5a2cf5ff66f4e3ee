import "server-only";
import type { Settings } from "@/lib/inventory/inventory";
import { toDigest } from "@/lib/store/digests";

/** Tells with which settings a snapshot was judged. */
export function toScopeHash(settings: Settings): string {
  return toDigest(JSON.stringify(settings));
}

/** What is kept of them with the hash: all but the changes to controls, which the catalogue of a snapshot holds. */
export function toScopeSettings({ trustedRegistries, platformNamespaces, requireCpuLimit, optInSources }: Settings): Partial<Settings> {
  return { trustedRegistries, platformNamespaces, requireCpuLimit, optInSources };
}
