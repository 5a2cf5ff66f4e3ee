import type { AnyControl } from "./define";
import { ALL_CONTROLS, JUDGING_STAMP } from "./registry.generated";

const byId = new Map<string, AnyControl>();
for (const control of ALL_CONTROLS) {
  byId.set(control.id, control);
  for (const alias of control.aliases ?? []) byId.set(alias, control);
}

/** FNV-1a over what verdicts and scores are made with: two catalogues of one version judge and weigh alike. */
function digest(): string {
  const weights = ALL_CONTROLS.map(({ id, layer, severity, maxSeverity, isRollUp }) => `${id} ${layer} ${severity} ${maxSeverity ?? ""} ${isRollUp ?? ""};`);
  let hash = 0x811c9dc5;
  for (const letter of weights.join("") + JUDGING_STAMP) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36).slice(-4);
}

/** The catalogue grows with the product: a change of it is marked in trends. Year, month, number of controls, digest of their weights and of what judges. */
export const CATALOGUE_VERSION = `2026.11-${ALL_CONTROLS.length}-${digest()}`;

/** Every control, in a stable order. */
export function listControls(): readonly AnyControl[] {
  return ALL_CONTROLS;
}

/** By id or by an alias that it once had. */
export function findControl(id: string): AnyControl | null {
  return byId.get(id) ?? null;
}
