import type { AnyControl } from "../controls/define";
import type { SwitchedOff } from "./catalogue";
import { LAYERS } from "../model/layer";
import { SEVERITIES, severityRank } from "../model/severity";
import { toJson } from "./to-json";

function toEntry({ id, layer, severity, maxSeverity, title, why, fix, references, frameworks, aliases = [] }: AnyControl) {
  return { id, layer, severity, maxSeverity: maxSeverity ?? severity, title, why, fix, references, frameworks, aliases };
}

/** Every control: a table by layer with the gravest first, or all that is told of them as JSON; those that are off come last, with the reason. */
export function writeControls(controls: readonly AnyControl[], switchedOff: readonly SwitchedOff[], format: "table" | "json"): string {
  if (format === "json") {
    const off = switchedOff.map(({ control, reason }) => ({ ...toEntry(control), switchedOff: reason }));
    return `${toJson([...controls.map(toEntry), ...off], 1)}\n`;
  }
  const width = Math.max(...[...controls, ...switchedOff.map(({ control }) => control)].map(({ id }) => id.length));
  const severityWidth = Math.max(...SEVERITIES.map(({ length }) => length));
  const layerWidth = "container".length;
  const sorted = [...controls].sort(
    (a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) || severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1),
  );
  const toLine = ({ id, layer, title }: AnyControl, severity: string): string =>
    `${id.padEnd(width)}  ${layer.padEnd(layerWidth)}  ${severity.padEnd(severityWidth)}  ${title}`;
  const off = switchedOff.map(({ control, reason }) => toLine(control, "off").concat(` (${reason})`));
  return `${[...sorted.map((control) => toLine(control, control.severity)), ...off].join("\n")}\n`;
}
