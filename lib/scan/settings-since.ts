import "server-only";
import type { Pool } from "pg";
import type { Inventory } from "@/lib/inventory/inventory";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import type { SettingsChange } from "@/lib/store/commit/commit-input";
import { findSnapshot } from "@/lib/store/snapshots";
import { distributionAt } from "./distribution-at";
import { platformRulesAt } from "./platform-rules-at";
import { findSettingsChange, type JudgedAgain, loadSettingsBefore } from "./settings-change";

/**
 * Finds what settings changed since a snapshot, of what was read now: of the last one, or of an older one that was the last to assess what is assessed
 * again. Each set of settings takes one more judging, so snapshots with the same ones share it.
 */
export function createSettingsSince(
  pool: Pool,
  clusterId: number,
  getInventory: () => Inventory,
  entries: readonly CatalogueEntry[],
  signal?: AbortSignal,
): (seq: number) => Promise<SettingsChange | null> {
  const changes = new Map<string, Promise<SettingsChange | null>>();
  const judged: JudgedAgain = new Map();
  return async (seq) => {
    const snapshot = await findSnapshot(pool, clusterId, seq);
    if (snapshot === null) return null;
    const rules = `${snapshot.scopeHash} ${snapshot.catalogueVersion} ${platformRulesAt(snapshot.facts)} ${distributionAt(snapshot.facts)}`;
    const known = changes.get(rules);
    if (known) return known;
    const change = loadSettingsBefore(pool, clusterId, snapshot).then((before) => findSettingsChange(getInventory(), before, entries, judged, signal));
    changes.set(rules, change);
    return change;
  };
}
