import type { AnyControl } from "./define";
import { ALL_CONTROLS } from "./registry.generated";

const byId = new Map<string, AnyControl>();
for (const control of ALL_CONTROLS) {
  byId.set(control.id, control);
  for (const alias of control.aliases ?? []) byId.set(alias, control);
}

/** FNV-1a over what a score is made with: two catalogues of one version weigh alike. */
function weightDigest(): string {
  let hash = 0x811c9dc5;
  for (const { id, layer, severity, maxSeverity, isRollUp } of ALL_CONTROLS) {
    for (const letter of `${id} ${layer} ${severity} ${maxSeverity ?? ""} ${isRollUp ?? ""};`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash.toString(36).slice(0, 4);
}

/** The catalogue grows with the product: a change of it is marked in trends. Year, month, number of controls, digest of their weights. */
export const CATALOGUE_VERSION = `2026.11-${ALL_CONTROLS.length}-${weightDigest()}`;

/** Every control, in a stable order. */
export function listControls(): readonly AnyControl[] {
  return ALL_CONTROLS;
}

/** By id or by an alias that it once had. */
export function findControl(id: string): AnyControl | null {
  return byId.get(id) ?? null;
}
