import { DEFAULT_NAMESPACE } from "../model/resource-ref";
import type { Inventory } from "./inventory";
import { createInventoryBuilder, type InventoryBuilder, type InventoryOptions } from "./inventory-builder";
import { toKubeObject } from "./kube-object";
import { createScopeOf } from "./platform-scope";
import { SLICE_KINDS, type UnreadKind } from "./slices";
import { WORKLOAD_KINDS } from "./workloads/workload-kind";

/**
 * Every cluster has a namespace `default`, and objects are only put into a namespace that is there: manifests that say they are a whole
 * cluster, and put objects into it, seldom list it.
 */
function withNamespace(inventory: Inventory, name: string, settings: InventoryOptions["settings"]): Inventory {
  const { slices } = inventory;
  const { namespaces } = slices;
  if (!inventory.isComplete || namespaces.state !== "read" || namespaces.items.some((item) => item.ref.name === name)) return inventory;
  const isUsed = Object.values(slices).some((slice) => slice.state === "read" && slice.items.some((item) => item.ref.namespace === name));
  if (!isUsed) return inventory;
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "kubernetes.io/metadata.name": name } } };
  const items = [...namespaces.items, toKubeObject(object, createScopeOf(settings, inventory.distribution))];
  return { ...inventory, slices: { ...slices, namespaces: { state: "read", items } } };
}

function startBuilder(options: InventoryOptions, unread: readonly UnreadKind[]): InventoryBuilder {
  const builder = createInventoryBuilder(options);
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) builder.markRead(kind);
  for (const { kind, reason } of unread) builder.markMissing(kind, reason);
  return builder;
}

function finishBuilder(builder: InventoryBuilder, options: InventoryOptions): Inventory {
  const inventory = withNamespace(builder.finish(), DEFAULT_NAMESPACE, options.settings);
  return options.namespace === undefined ? inventory : withNamespace(inventory, options.namespace, options.settings);
}

/** An inventory of objects at hand; every kind but `unread` counts as read. Values that are no Kubernetes objects are left out. */
export function buildInventory(objects: readonly unknown[], options: InventoryOptions, unread: readonly UnreadKind[] = []): Inventory {
  const builder = startBuilder(options, unread);
  for (const object of objects) builder.add(object);
  return finishBuilder(builder, options);
}

/** So many objects are taken in between two pauses: a hundredth of a second. */
const AT_ONCE = 500;

/** The same of tens of thousands of objects, which take half a second: it pauses, so that others may work in between. */
export async function buildInventoryInSteps(
  objects: readonly unknown[],
  options: InventoryOptions,
  unread: readonly UnreadKind[],
  pause: () => Promise<unknown>,
): Promise<Inventory> {
  const builder = startBuilder(options, unread);
  for (const [i, object] of objects.entries()) {
    if (i % AT_ONCE === 0) await pause();
    builder.add(object);
  }
  await pause();
  return finishBuilder(builder, options);
}
