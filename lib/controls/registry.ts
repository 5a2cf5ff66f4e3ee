import type { AnyControl } from "./define";
import { ALL_CONTROLS } from "./registry.generated";

const byId = new Map<string, AnyControl>();
for (const control of ALL_CONTROLS) {
  byId.set(control.id, control);
  for (const alias of control.aliases ?? []) byId.set(alias, control);
}

/** The catalogue grows with the product: a change of it is marked in trends. Year, month, and the number of controls. */
export const CATALOGUE_VERSION = `2026.11-${ALL_CONTROLS.length}`;

/** Every control, in a stable order. */
export function listControls(): readonly AnyControl[] {
  return ALL_CONTROLS;
}

/** By id or by an alias that it once had. */
export function findControl(id: string): AnyControl | null {
  return byId.get(id) ?? null;
}
