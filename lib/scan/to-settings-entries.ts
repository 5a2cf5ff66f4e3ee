import "server-only";
import { toClusterCatalogue } from "@/lib/controls/cluster-catalogue";
import { findControl } from "@/lib/controls/registry";
import { neededSlices } from "@/lib/engine/needed-kinds";
import type { Settings } from "@/lib/inventory/inventory";
import { type CatalogueEntry, toCatalogueEntries } from "@/lib/scoring/catalogue-entries";

/** The catalogue as a scan by these settings stores it with its snapshot. */
export function toSettingsEntries(settings: Settings, catalogue = toClusterCatalogue(settings, () => performance.now())): readonly CatalogueEntry[] {
  return toCatalogueEntries(catalogue, settings, { severityOf: (id) => findControl(id)?.severity ?? null, needsOf: neededSlices });
}
