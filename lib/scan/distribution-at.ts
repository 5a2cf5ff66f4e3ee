import "server-only";
import type { Distribution } from "@/lib/inventory/cloud/cloud-provider";
import { hasProviderRights } from "@/lib/inventory/provider-rbac";
import { record } from "@/lib/model/json";

/** By the facts of a snapshot, which platform's provider had rights of its own then; null = none that is known, or an earlier release kept no word of it. */
export function distributionAt(facts: unknown): Distribution | null {
  const { distribution } = record(facts);
  return hasProviderRights(distribution) ? distribution : null;
}
