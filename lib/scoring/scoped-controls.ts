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
