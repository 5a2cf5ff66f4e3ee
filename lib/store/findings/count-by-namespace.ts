import "server-only";
import type { Pool } from "pg";
import { STORED_STATES, type StoredState } from "../commit/commit-input";
import { loadFindingIndex } from "./finding-index";

export type StateCounts = Readonly<Partial<Record<StoredState, number>>>;

/** Open findings of one control as of a snapshot, by namespace and state. */
export async function countByNamespace(pool: Pool, clusterId: number, seq: number, control: string): Promise<ReadonlyMap<string, StateCounts>> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const wanted = index.controls.indexOf(control);
  const counts = new Map<string, Partial<Record<StoredState, number>>>();
  for (let row = 0; row < index.size; row += 1) {
    if (index.controlAt[row] !== wanted) continue;
    const namespace = index.resources[index.resourceAt[row] ?? 0]?.namespace ?? null;
    const state = STORED_STATES[index.states[row] ?? 0];
    if (namespace === null || state === undefined) continue;
    const own = counts.get(namespace) ?? {};
    own[state] = (own[state] ?? 0) + 1;
    counts.set(namespace, own);
  }
  return counts;
}
