import type { Inventory } from "./inventory";
import { createInventoryBuilder, type InventoryOptions } from "./inventory-builder";
import { toKubeObject } from "./kube-object";
import { SLICE_KINDS } from "./slices";
import { WORKLOAD_KINDS } from "./workload-kind";

const DEFAULT_NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "default", labels: { "kubernetes.io/metadata.name": "default" } } };

/** Every cluster has a namespace `default`; manifests that say they are a whole cluster, and put objects there, seldom list it. */
function withDefaultNamespace(inventory: Inventory): Inventory {
  const { slices } = inventory;
  const { namespaces } = slices;
  if (!inventory.isComplete || namespaces.state !== "read" || namespaces.items.some((item) => item.ref.name === "default")) return inventory;
  const isUsed = Object.values(slices).some((slice) => slice.state === "read" && slice.items.some((item) => item.ref.namespace === "default"));
  if (!isUsed) return inventory;
  const items = [...namespaces.items, toKubeObject(DEFAULT_NAMESPACE, () => "workload")];
  return { ...inventory, slices: { ...slices, namespaces: { state: "read", items } } };
}

/** An inventory of objects at hand; every kind counts as read. Values that are no Kubernetes objects are left out. */
export function buildInventory(objects: readonly unknown[], options: InventoryOptions): Inventory {
  const builder = createInventoryBuilder(options);
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) builder.markRead(kind);
  for (const object of objects) builder.add(object);
  return withDefaultNamespace(builder.finish());
}
