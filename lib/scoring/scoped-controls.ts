import { isRecord, list, text } from "../model/json";
import { LAYERS } from "../model/layer";
import { SEVERITIES } from "../model/severity";
import type { ScopedControl } from "./posture";

/** What a catalogue version keeps of its controls: all that a score is made with beside the tallies. */
export function toScopedControls(controls: readonly ScopedControl[]): readonly ScopedControl[] {
  return controls.map(({ id, layer, severity, maxSeverity, isRollUp }) => ({
    id,
    layer,
    severity,
    ...(maxSeverity && { maxSeverity }),
    ...(isRollUp && { isRollUp }),
  }));
}

/** Reads what `toScopedControls` gave; entries of another shape are left out. */
export function parseScopedControls(value: unknown): readonly ScopedControl[] {
  return list(value)
    .filter(isRecord)
    .flatMap((entry): ScopedControl[] => {
      const id = text(entry.id);
      const layer = LAYERS.find((known) => known === entry.layer);
      const severity = SEVERITIES.find((known) => known === entry.severity);
      const maxSeverity = SEVERITIES.find((known) => known === entry.maxSeverity);
      if (!id || !layer || !severity) return [];
      return [{ id, layer, severity, ...(maxSeverity && { maxSeverity }), ...(entry.isRollUp === true && { isRollUp: true }) }];
    });
}
