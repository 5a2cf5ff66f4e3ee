import "server-only";
import type { CollectionSink } from "@/lib/collectors/collection-sink";
import { toFieldManagers } from "@/lib/inventory/field-managers";
import type { Distribution } from "@/lib/inventory/cloud/cloud-provider";
import type { Inventory, KubeVersion, Settings } from "@/lib/inventory/inventory";
import { createInventoryBuilder } from "@/lib/inventory/inventory-builder";
import { findOwner } from "@/lib/inventory/workloads/owner-link";
import { itemsOf } from "@/lib/inventory/slices";
import { type JsonRecord, record } from "@/lib/model/json";
import { resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import { toDigest } from "@/lib/store/digests";
import { createBodyArena } from "./body-arena";
import { createKeptFacts, type KeptFacts, type ObjectFacts } from "./kept-facts";

export interface InventorySink extends CollectionSink {
  readonly kept: KeptFacts;
  readonly finish: () => Inventory;
}

/** Lists are read side by side: without an order of its own, evidence would change from scan to scan. */
function inOrder(inventory: Inventory): Inventory {
  const { workloads } = inventory.slices;
  const keyed = itemsOf(workloads).map((workload) => ({ key: resourceKey(workload.ref), workload }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const items = keyed.map(({ workload }) => workload);
  const ordered = workloads.state === "read" ? { ...workloads, items } : { ...workloads, ...(workloads.partial && { partial: items }) };
  return { ...inventory, slices: { ...inventory.slices, workloads: ordered } };
}

/** Takes objects into an inventory, and keeps beside it what is stored of them but never judged. */
export function createInventorySink(options: {
  readonly kubeVersion: KubeVersion | null;
  readonly observedAt: string;
  readonly settings: Settings;
  /** As it was known last, for where the nodes cannot be read. */
  readonly distribution?: Distribution | null;
}): InventorySink {
  const arena = createBodyArena();
  let lastKept: ObjectFacts["kept"];
  const pack = (json: string): Uint8Array => {
    const bytes = arena.pack(json);
    lastKept = { text: () => arena.unpack(bytes), digest: toDigest(json) };
    return bytes;
  };
  const builder = createInventoryBuilder({ ...options, isComplete: true, codec: { pack, unpack: arena.unpack } });
  const kept = createKeptFacts();
  /** A pod with an owner is kept to speak for it, and stored as no object of its own. */
  const isStored = ({ kind, metadata }: JsonRecord): boolean => kind !== "Pod" || (lastKept !== undefined && findOwner(record(metadata)) === null);
  const remember = (body: JsonRecord): void => {
    const metadata = record(body.metadata);
    const managers = Array.isArray(metadata.managedFields) ? toFieldManagers(metadata) : [];
    const facts = { managers: managers.length > 0 ? managers : null };
    kept.save(resourceKey(toResourceRef(body)), lastKept ? { ...facts, kept: lastKept } : facts);
  };
  // Nobody runs from a PodTemplate object: not having read them is no gap.
  builder.markRead("PodTemplate");
  return {
    kept,
    add(body) {
      lastKept = undefined;
      builder.add(body);
      if (isStored(body)) remember(body);
    },
    markRead: builder.markRead,
    markMissing: builder.markMissing,
    finish: () => inOrder(builder.finish()),
  };
}
