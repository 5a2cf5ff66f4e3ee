import type { Inventory } from "./inventory";
import { createInventoryBuilder, type InventoryOptions } from "./inventory-builder";
import { SLICE_KINDS } from "./slices";
import { WORKLOAD_KINDS } from "./workload-kind";

/** An inventory of objects at hand; every kind counts as read. Values that are no Kubernetes objects are left out. */
export function buildInventory(objects: readonly unknown[], options: InventoryOptions): Inventory {
  const builder = createInventoryBuilder(options);
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) builder.markRead(kind);
  for (const object of objects) builder.add(object);
  return builder.finish();
}
