import type { HeatRow as HeatRowDto } from "@/lib/contracts/overview";
import { formatNoun } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { tableOf } from "@/lib/model/table-of";
import type { HeatCell, HeatRow } from "../charts/heat-map";

const SHOWN = 12;
const NOT_ASSESSED: HeatCell = { kind: "not-assessed" };

function toCell(cell: HeatRowDto["cells"][number], href: string): HeatCell {
  if (cell.isEmpty) return { kind: "none" };
  return cell.isAssessed ? { kind: "points", points: cell.points, worst: cell.worst, href } : NOT_ASSESSED;
}

function toRow(row: HeatRowDto, base: string): HeatRow {
  const query = `namespace=${encodeURIComponent(row.namespace || "-")}`;
  const cells = Object.fromEntries(row.cells.map((cell) => [cell.layer, toCell(cell, workloadFindings(base, `${query}&layer=${cell.layer}`))])) as Record<
    Layer,
    HeatCell
  >; // safe: a row has one cell per layer
  return { name: row.namespace || "Cluster-wide", isWord: row.namespace === "", href: workloadFindings(base, query), cells };
}

function othersRow(rows: readonly HeatRowDto[]): HeatRow {
  const cells = tableOf(LAYERS, (layer): HeatCell => {
    const own = rows.flatMap((row) => row.cells.filter((cell) => cell.layer === layer && !cell.isEmpty));
    if (own.length === 0) return { kind: "none" };
    return own.some((cell) => cell.isAssessed) ? { kind: "points", points: own.reduce((sum, cell) => sum + cell.points, 0), worst: null } : NOT_ASSESSED;
  });
  return { name: formatNoun(rows.length, "other"), cells };
}

/** The costliest rows, and one for all others. */
export function toHeatMapRows(heat: readonly HeatRowDto[], base: string): readonly HeatRow[] {
  // One more needs no more room than to say that it is there.
  const shown = heat.length === SHOWN + 1 ? SHOWN + 1 : SHOWN;
  const rest = heat.slice(shown);
  const rows = heat.slice(0, shown).map((row) => toRow(row, base));
  return rest.length > 0 ? [...rows, othersRow(rest)] : rows;
}
