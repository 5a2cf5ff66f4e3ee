import "server-only";
import { toClusterCatalogue } from "@/lib/controls/cluster-catalogue";
import { findControl } from "@/lib/controls/registry";
import type { Settings } from "@/lib/inventory/inventory";
import { type CatalogueEntry, toCatalogueEntries } from "@/lib/scoring/catalogue-entries";

/** The catalogue as the next scan will store it with its snapshot. */
export function toSettingsEntries(settings: Settings): readonly CatalogueEntry[] {
  return toCatalogueEntries(
    toClusterCatalogue(settings, () => performance.now()),
    settings,
    (id) => findControl(id)?.severity ?? null,
  );
}
