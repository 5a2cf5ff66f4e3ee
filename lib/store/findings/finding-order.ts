import "server-only";
import type { Layer } from "@/lib/model/layer";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import { heldBy } from "../as-of/held-by";
import type { FindingIndex } from "./finding-index";

export const FINDING_ORDERS = ["severity", "age", "control", "object", "points"] as const;
export type FindingOrder = (typeof FINDING_ORDERS)[number];

/** For the order by points: what fixing such a finding gains. */
export type PointsOf = (finding: { readonly controlId: string; readonly layer: Layer; readonly scope: Scope; readonly severity: Severity }) => number;

const ROW_SPAN = 2 ** 21;
const ordersOf = heldBy<FindingIndex, Map<string, Int32Array>>("finding-orders", () => new Map());

/** Small number first: the value of the order's own column, before severity and object break ties. */
function primary(index: FindingIndex, order: FindingOrder, pointsOf: PointsOf | undefined): (row: number) => number {
  if (order === "severity") return (row) => index.severities[row] ?? 0;
  if (order === "age") return (row) => index.sinceSeqs[row] ?? 0;
  if (order === "control") return (row) => index.controlAt[row] ?? 0;
  if (order === "object" || pointsOf === undefined) return (row) => index.resourceAt[row] ?? 0;
  const points = Array.from({ length: index.size }, (_, row) =>
    pointsOf({
      controlId: index.controls[index.controlAt[row] ?? 0] ?? "",
      layer: LAYERS[index.layers[row] ?? 0] ?? "container",
      scope: index.resources[index.resourceAt[row] ?? 0]?.scope ?? "workload",
      severity: SEVERITIES[index.severities[row] ?? 0] ?? "info",
    }),
  );
  const ranks = new Map([...new Set(points)].sort((a, b) => b - a).map((value, rank) => [value, rank]));
  return (row) => ranks.get(points[row] ?? 0) ?? 0;
}

/** The rows in order: worst, oldest, most points first, names A to Z; `isReversed` turns that around. */
export function orderFindings(index: FindingIndex, order: FindingOrder, isReversed: boolean, pointsOf?: PointsOf): Int32Array {
  const orders = ordersOf(index);
  const name = `${order}/${isReversed}`;
  const known = order === "points" ? undefined : orders.get(name);
  if (known !== undefined) return known;
  const rankOf = primary(index, order, pointsOf);
  let max = 0;
  for (let row = 0; row < index.size; row += 1) max = Math.max(max, rankOf(row));
  const keys = new Float64Array(index.size);
  for (let row = 0; row < index.size; row += 1) {
    const value = isReversed ? max - rankOf(row) : rankOf(row);
    keys[row] = (value * 8 + (index.severities[row] ?? 0)) * ROW_SPAN + row;
  }
  keys.sort();
  const rows = Int32Array.from(keys, (key) => key % ROW_SPAN);
  if (order !== "points") orders.set(name, rows);
  return rows;
}
