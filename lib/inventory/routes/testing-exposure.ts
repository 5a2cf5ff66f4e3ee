import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import type { EntryPoint, Exposure } from "./entry-point";
import { exposureView } from "./exposure";
import { DEFAULT_SETTINGS } from "../inventory";
import { deployment } from "../testing";

/** A cluster that holds these objects, of which some kinds could not be read. */
export function contextWithout(unread: readonly string[], ...objects: readonly object[]) {
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const gaps = unread.map((kind) => ({ kind, reason: `Listing ${kind} was refused.` }));
  return createContext(buildInventory(objects, options, gaps));
}

/** A whole cluster that holds these objects. */
export function contextOf(...objects: readonly object[]) {
  return contextWithout([], ...objects);
}

/** The ways into the Deployment that `deployment` makes, beside these objects. */
export function entriesOf(...objects: readonly object[]): readonly EntryPoint[] {
  return entriesWithout([], ...objects);
}

/** The same, where some kinds could not be read. */
export function entriesWithout(unread: readonly string[], ...objects: readonly object[]): readonly EntryPoint[] {
  const context = contextWithout(unread, deployment(), ...objects);
  const workload = context.slices.workloads.find((item) => item.ref.kind === "Deployment" && item.ref.name === "app");
  return workload ? context.view(exposureView)(workload) : [];
}

export function exposuresOf(...objects: readonly object[]): readonly Exposure[] {
  return entriesOf(...objects).map((entry) => entry.exposure);
}
