import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { DEFAULT_SETTINGS } from "../../inventory/inventory";
import type { SliceName } from "../../inventory/slices";
import type { Context } from "../../inventory/view";
import type { JsonRecord } from "../../model/json";

/** A context over manifests that are a whole cluster. */
export function createTestContext(objects: readonly JsonRecord[]): Context<SliceName> {
  return createContext(buildInventory(objects, { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS }));
}

export function rule(group: string, resources: readonly string[], verbs: readonly string[], resourceNames?: readonly string[]): JsonRecord {
  return { apiGroups: [group], resources, verbs, ...(resourceNames && { resourceNames }) };
}
