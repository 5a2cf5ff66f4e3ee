import "server-only";
import { setImmediate } from "node:timers/promises";
import { buildInventory, buildInventoryInSteps } from "@/lib/inventory/build-inventory";
import type { Inventory } from "@/lib/inventory/inventory";
import type { InventoryOptions } from "@/lib/inventory/inventory-builder";
import { parseKubeVersion } from "@/lib/inventory/values/kube-version";
import type { UnreadKind } from "@/lib/inventory/slices";
import { distributionAt } from "@/lib/scan/distribution-at";
import { unansweredAt } from "@/lib/scan/unanswered-at";
import type { SnapshotRecord } from "@/lib/store/snapshots";

interface Stored extends Pick<SnapshotRecord, "kubeVersion" | "takenAt">, Partial<Pick<SnapshotRecord, "facts">>, Pick<Inventory, "settings"> {
  /** False for a part of the snapshot, from which nothing is concluded that is not among it; left out = true. */
  readonly isComplete?: boolean;
}

function toOptions({ kubeVersion, takenAt, facts: stored, settings, isComplete = true }: Stored): InventoryOptions {
  const unanswered = unansweredAt(stored);
  return {
    isComplete,
    kubeVersion: parseKubeVersion(kubeVersion ?? ""),
    observedAt: takenAt.toISOString(),
    settings,
    distribution: distributionAt(stored),
    ...(unanswered && { unanswered }),
    codec: "as-it-is",
    isStored: true,
  };
}

/**
 * An inventory of bodies that the store gave back, as of their snapshot. They were cut and their credentials taken out before they went in, so they are
 * taken as they are; values that are no objects are left out. `unread`: the kinds that the snapshot stands without.
 */
export function toInventory(bodies: readonly unknown[], stored: Stored, unread: readonly UnreadKind[] = []): Inventory {
  return buildInventory(bodies, toOptions(stored), unread);
}

/** The same of all objects of a large cluster, while others are answered. */
export function toInventoryInSteps(bodies: readonly unknown[], stored: Stored, unread: readonly UnreadKind[] = []): Promise<Inventory> {
  return buildInventoryInSteps(bodies, toOptions(stored), unread, () => setImmediate());
}
