import "server-only";
import type { Pool } from "pg";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { STORED_STATES, type StoredState } from "../commit/commit-input";
import { loadFindingIndex } from "./finding-index";

/** One failing finding, without what only its own page needs. */
export interface FailingFinding {
  readonly control: string;
  readonly severity: Severity;
  readonly resourceKey: string;
  readonly spanId: number;
}

/** Every failing finding of some controls as of a snapshot, whatever their number; or those in other states. */
export async function listFailing(
  pool: Pool,
  clusterId: number,
  seq: number,
  controls: ReadonlySet<string>,
  states: readonly StoredState[] = ["fail"],
): Promise<readonly FailingFinding[]> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const isWanted = index.controls.map((control) => controls.has(control));
  const isListed = STORED_STATES.map((state) => states.includes(state));
  const found: FailingFinding[] = [];
  for (let row = 0; row < index.size; row += 1) {
    const at = index.controlAt[row] ?? 0;
    if (isWanted[at] !== true || isListed[index.states[row] ?? 0] !== true) continue;
    found.push({
      control: index.controls[at] ?? "",
      severity: SEVERITIES[index.severities[row] ?? 0] ?? "info",
      resourceKey: index.resources[index.resourceAt[row] ?? 0]?.key ?? "",
      spanId: index.spanIds[row] ?? 0,
    });
  }
  return found;
}
