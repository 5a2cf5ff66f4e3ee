import type { AnyControl } from "../controls/define";
import { SEVERITIES, severityRank } from "../model/severity";

function toEntry({ id, layer, severity, maxSeverity, title, why, fix, references, frameworks, aliases = [] }: AnyControl) {
  return { id, layer, severity, maxSeverity: maxSeverity ?? severity, title, why, fix, references, frameworks, aliases };
}

/** Every control: a table by layer with the gravest first, or all that is told of them as JSON. */
export function writeControls(controls: readonly AnyControl[], format: "table" | "json"): string {
  if (format === "json") return `${JSON.stringify(controls.map(toEntry), null, 1)}\n`;
  const width = Math.max(...controls.map(({ id }) => id.length));
  const severityWidth = Math.max(...SEVERITIES.map(({ length }) => length));
  const layerWidth = "container".length;
  const sorted = [...controls].sort(
    (a, b) => a.layer.localeCompare(b.layer) || severityRank(a.severity) - severityRank(b.severity) || a.id.localeCompare(b.id),
  );
  const lines = sorted.map(({ id, layer, severity, title }) => `${id.padEnd(width)}  ${layer.padEnd(layerWidth)}  ${severity.padEnd(severityWidth)}  ${title}`);
  return `${lines.join("\n")}\n`;
}
