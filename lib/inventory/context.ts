import type { Inventory } from "./inventory";
import type { SliceName } from "./slices";
import type { Context, View } from "./view";

/** The first slice of `reads` that could not be read, with the reason. */
export function findMissingSlice(inventory: Inventory, reads: readonly SliceName[]): { slice: SliceName; reason: string } | null {
  for (const slice of reads) {
    const found = inventory.slices[slice];
    if (found.state === "missing") return { slice, reason: found.reason };
  }
  return null;
}

/** An inventory, and what was made of it. */
export interface World {
  readonly inventory: Inventory;
  readonly context: Context<SliceName>;
}

/** Where pods may be is left out: what is foretold stands on workloads of its own, and on rights that are told without them. */
function factsOf({ kubeVersion, isComplete, observedAt, settings, distribution, unanswered }: Inventory): string {
  return JSON.stringify([kubeVersion, isComplete, observedAt, settings, distribution ?? null, unanswered]);
}

/**
 * One context for a whole inventory; hand it out only for controls whose `reads` are all present (findMissingSlice). What another world has made of
 * slices that are the very same here is not made again.
 */
export function createContext(inventory: Inventory, known?: World): Context<SliceName> {
  const hasFacts = known !== undefined && factsOf(known.inventory) === factsOf(inventory);
  const knows = (slice: SliceName): boolean => hasFacts && known.inventory.slices[slice] === inventory.slices[slice];
  const computed = new Map<View<SliceName, unknown>, { value: unknown }>();
  const slices = Object.fromEntries(
    Object.entries(inventory.slices).map(([name, slice]) => [name, slice.state === "read" ? slice.items : []]),
  ) as unknown as Context<SliceName>["slices"]; // safe: every slice name is a key of inventory.slices
  const context: Context<SliceName> = {
    kubeVersion: inventory.kubeVersion,
    isComplete: inventory.isComplete,
    observedAt: inventory.observedAt,
    settings: inventory.settings,
    ...(inventory.distribution && { distribution: inventory.distribution }),
    ...(inventory.arePodsAnywhere && { arePodsAnywhere: inventory.arePodsAnywhere }),
    ...(inventory.unanswered && { unanswered: inventory.unanswered }),
    slices,
    isRead: (slice) => inventory.slices[slice].state === "read",
    listUnread: (name) => {
      const slice = inventory.slices[name];
      return slice.state === "read" ? (slice.unread ?? []) : [];
    },
    view: <V extends SliceName, T>(view: View<V, T>): T => {
      const key = view as unknown as View<SliceName, unknown>;
      let entry = computed.get(key);
      if (!entry) {
        entry = { value: view.reads.every(knows) && known ? known.context.view(view) : view.compute(context as unknown as Context<V>) };
        computed.set(key, entry);
      }
      return entry.value as T; // safe: the entry was made by this very view
    },
  };
  return context;
}
