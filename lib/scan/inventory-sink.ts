import "server-only";
import type { CollectionSink } from "@/lib/collectors/collect";
import { toFieldManagers } from "@/lib/inventory/field-managers";
import type { Inventory, KubeVersion, Settings } from "@/lib/inventory/inventory";
import { createInventoryBuilder } from "@/lib/inventory/inventory-builder";
import { type JsonRecord, record, text } from "@/lib/model/json";
import { resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import { packManifest, unpackManifest } from "@/lib/store/manifest-body";
import { createBodyArena } from "./body-arena";
import { createKeptFacts, type KeptFacts } from "./kept-facts";

export interface InventorySink extends CollectionSink {
  readonly kept: KeptFacts;
  readonly finish: () => Inventory;
}

/** Takes objects into an inventory, and keeps beside it what is stored of them but never judged. */
export function createInventorySink(options: { readonly kubeVersion: KubeVersion | null; readonly observedAt: string; readonly settings: Settings }): InventorySink {
  const keep = createBodyArena();
  const builder = createInventoryBuilder({ ...options, isComplete: true, codec: { pack: (json) => keep(packManifest(json)), unpack: unpackManifest } });
  const kept = createKeptFacts();
  const remember = (body: JsonRecord): void => {
    const metadata = record(body.metadata);
    const managers = Array.isArray(metadata.managedFields) ? toFieldManagers(metadata) : [];
    kept.save(resourceKey(toResourceRef(body)), { uid: text(metadata.uid) ?? null, managers: managers.length > 0 ? managers : null });
  };
  // Nobody runs from a PodTemplate object: not having read them is no gap.
  builder.markRead("PodTemplate");
  return {
    kept,
    add(body) {
      if (body.kind !== "Pod" || !Array.isArray(record(body.metadata).ownerReferences)) remember(body);
      builder.add(body);
    },
    markRead: builder.markRead,
    markMissing: builder.markMissing,
    finish: builder.finish,
  };
}
