import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { STORED_STATES, type StoredState } from "../commit/commit-input";
import { loadFindingIndex } from "./finding-index";
import { type FindingRecord, loadFindingRecords } from "./finding-record";

interface Wanted {
  readonly control: string;
  readonly namespace: string;
  readonly states: readonly StoredState[];
  /** `nextCursor` of the page before. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** One control's findings in one namespace as of a snapshot, by object, without what a list with filters counts beside. Throws bad-request. */
export async function listInNamespace(
  pool: Pool,
  clusterId: number,
  seq: number,
  { control, namespace, states, cursor, limit }: Wanted,
): Promise<{ readonly rows: readonly FindingRecord[]; readonly nextCursor: string | null }> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const wanted = index.controls.indexOf(control);
  const isState = STORED_STATES.map((state) => states.includes(state));
  const isInside = index.resources.map((resource) => resource.namespace === namespace);
  const all: number[] = [];
  for (let row = 0; row < index.size; row += 1) {
    if (index.controlAt[row] !== wanted || isInside[index.resourceAt[row] ?? 0] !== true || isState[index.states[row] ?? 0] !== true) continue;
    all.push(index.spanIds[row] ?? 0);
  }
  const start = cursor === null ? 0 : all.indexOf(Number.parseInt(cursor, 36)) + 1;
  if (cursor !== null && start === 0) throw new AppError("bad-request", "This cursor belongs to another list: start again from the first page.");
  const ids = all.slice(start, start + limit);
  return {
    rows: await loadFindingRecords(pool, clusterId, ids, seq),
    nextCursor: start + limit < all.length ? (ids.at(-1) ?? 0).toString(36) : null,
  };
}
