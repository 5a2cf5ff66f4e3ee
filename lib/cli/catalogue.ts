import type { AnyControl } from "../controls/define";
import type { Settings } from "../inventory/inventory";
import type { Severity } from "../model/severity";

export interface SwitchedOff {
  readonly control: AnyControl;
  readonly reason: string;
}

interface Reweighted {
  /** With its severity here. */
  readonly control: AnyControl;
  /** Its severity elsewhere. */
  readonly from: Severity;
  readonly reason: string;
}

/** What is judged, and by which settings. */
export interface Catalogue {
  readonly version: string;
  readonly settings: Settings;
  readonly controls: readonly AnyControl[];
  /** What is not judged since people said so: it is told, and never a pass. */
  readonly switchedOff: readonly SwitchedOff[];
  readonly reweighted: readonly Reweighted[];
}

const end = (reason: string): string => (/[.!?]$/.test(reason) ? reason : `${reason}.`);

/** What the settings changed of the catalogue, a sentence for each control. */
export function sayTuning({ switchedOff, reweighted }: Pick<Catalogue, "switchedOff" | "reweighted">): readonly string[] {
  return [
    ...switchedOff.map(({ control, reason }) => `Switched off, not judged: ${control.id}. ${end(reason)}`),
    ...reweighted.map(({ control, from, reason }) => `Counts as ${control.severity} instead of ${from}: ${control.id}. ${end(reason)}`),
  ];
}

/** The same for programs. */
export function toTuning({ switchedOff, reweighted }: Pick<Catalogue, "switchedOff" | "reweighted">) {
  return {
    ...(switchedOff.length > 0 && {
      switchedOff: switchedOff.map(({ control: { id, layer, severity, title }, reason }) => ({ control: id, layer, severity, title, reason })),
    }),
    ...(reweighted.length > 0 && {
      reweighted: reweighted.map(({ control, from, reason }) => ({ control: control.id, severity: control.severity, from, reason })),
    }),
  };
}
