import type { JsonRecord } from "../model/json";
import { buildInventory } from "./build-inventory";
import { createContext } from "./context";
import { DEFAULT_SETTINGS } from "./inventory";
import type { SliceName } from "./slices";
import type { Context } from "./view";

/** How manifests are read that are a whole cluster, of no known version and with nothing tuned. */
export const WHOLE_CLUSTER = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };

export function createTestContext(objects: readonly JsonRecord[]): Context<SliceName> {
  return createContext(buildInventory(objects, WHOLE_CLUSTER));
}
