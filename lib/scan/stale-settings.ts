import "server-only";
import type { Pool } from "pg";
import type { Inventory } from "@/lib/inventory/inventory";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { readCoverage } from "@/lib/reads/read-coverage";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import type { SettingsChange } from "@/lib/store/commit/commit-input";
import { listLastJudged } from "@/lib/store/findings/list-last-judged";
import { findLatestSnapshot, findSnapshot } from "@/lib/store/snapshots";
import { findSettingsChange, loadSettingsBefore } from "./settings-change";

interface Read {
  readonly inventory: Inventory;
  readonly coverage: readonly KindCoverage[];
  readonly entries: readonly CatalogueEntry[];
}

const nameOf = ({ group, resource }: KindCoverage): string => `${group}/${resource}`;

/**
 * What settings changed of findings since they were last assessed, if that is longer ago than the last snapshot: asked in the scan that reads again what
 * was refused, and not before, since each set of settings takes one more judging.
 */
export async function findStaleSettingsChanges(
  pool: Pool,
  clusterId: number,
  { inventory, coverage, entries }: Read,
  signal?: AbortSignal,
): Promise<readonly SettingsChange[]> {
  const latest = await findLatestSnapshot(pool, clusterId);
  if (latest === null || latest.counts.stale === 0) return [];
  const read = new Set(coverage.filter((entry) => !isGap(entry)).map(nameOf));
  const hasReturned = (await readCoverage(pool, clusterId, latest)).some((entry) => isGap(entry) && read.has(nameOf(entry)));
  if (!hasReturned) return [];
  const asked = new Set([`${latest.scopeHash} ${latest.catalogueVersion}`]);
  const changes: SettingsChange[] = [];
  for (const seq of await listLastJudged(pool, clusterId)) {
    const snapshot = await findSnapshot(pool, clusterId, seq);
    const rules = `${snapshot?.scopeHash} ${snapshot?.catalogueVersion}`;
    if (snapshot === null || asked.has(rules)) continue;
    asked.add(rules);
    const change = await findSettingsChange(inventory, await loadSettingsBefore(pool, clusterId, snapshot), entries, signal);
    if (change) changes.push(change);
  }
  return changes;
}
