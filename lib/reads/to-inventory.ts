import "server-only";
import { buildInventory } from "@/lib/inventory/build-inventory";
import type { Inventory } from "@/lib/inventory/inventory";
import { parseKubeVersion } from "@/lib/inventory/values/kube-version";
import type { UnreadKind } from "@/lib/inventory/slices";
import { unansweredAt } from "@/lib/scan/unanswered-at";
import type { SnapshotRecord } from "@/lib/store/snapshots";

interface Stored extends Pick<SnapshotRecord, "kubeVersion" | "takenAt">, Partial<Pick<SnapshotRecord, "facts">>, Pick<Inventory, "settings"> {
  /** False for a part of the snapshot, from which nothing is concluded that is not among it; left out = true. */
  readonly isComplete?: boolean;
}

/**
 * An inventory of bodies that the store gave back, as of their snapshot. They were cut and their credentials taken out before they went in, so they are
 * taken as they are; values that are no objects are left out. `unread`: the kinds that the snapshot stands without.
 */
export function toInventory(
  bodies: readonly unknown[],
  { kubeVersion, takenAt, facts: stored, settings, isComplete = true }: Stored,
  unread: readonly UnreadKind[] = [],
): Inventory {
  const unanswered = unansweredAt(stored);
  const facts = {
    isComplete,
    kubeVersion: parseKubeVersion(kubeVersion ?? ""),
    observedAt: takenAt.toISOString(),
    settings,
    ...(unanswered && { unanswered }),
  };
  return buildInventory(bodies, { ...facts, codec: "as-it-is", isStored: true }, unread);
}
