import "server-only";
import type { Pool } from "pg";
import { loadControlLayers } from "../as-of/control-layers";
import { type ChangedFindings, type ChangeRange, loadChangedFindings } from "./changed-findings";

/** Failing findings that opened, closed or got another severity between two snapshots, counted per control, scope and cause. */
export type ChangeCount = Omit<ChangedFindings, "earlier" | "spanIds" | "places">;

/** In the layers that the controls had at the end. */
export async function countChanges(pool: Pool, clusterId: number, range: ChangeRange): Promise<readonly ChangeCount[]> {
  const [changed, layers] = [await loadChangedFindings(pool, clusterId, range), await loadControlLayers(pool, clusterId, range.toSeq)];
  return changed.map(({ earlier: _, spanIds: __, places: ___, ...row }) => ({ ...row, layer: layers.get(row.control) ?? row.layer }));
}
