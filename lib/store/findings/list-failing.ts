import "server-only";
import type { Pool } from "pg";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import type { ResourceName } from "../as-of/resource-names";
import { STORED_STATES, type StoredState } from "../commit/commit-input";
import { loadFindingIndex } from "./finding-index";

/** One failing finding, without what only its own page needs. */
export interface FailingFinding {
  readonly control: string;
  readonly severity: Severity;
  readonly layer: Layer;
  readonly state: StoredState;
  readonly resourceKey: string;
  readonly spanId: number;
}

interface Wanted {
  readonly controls?: ReadonlySet<string>;
  /** Resource keys. */
  readonly resources?: ReadonlySet<string>;
  readonly states?: readonly StoredState[];
}

/** Every failing finding of some controls, or on some resources, as of a snapshot, whatever their number; or those in other states. */
export async function listFailing(
  pool: Pool,
  clusterId: number,
  seq: number,
  { controls, resources, states = ["fail"] }: Wanted,
): Promise<readonly FailingFinding[]> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const isWanted = index.controls.map((control) => controls?.has(control) !== false);
  const isAmong = index.resources.map(({ key }) => resources?.has(key) !== false);
  const isListed = STORED_STATES.map((state) => states.includes(state));
  const found: FailingFinding[] = [];
  for (let row = 0; row < index.size; row += 1) {
    const at = index.controlAt[row] ?? 0;
    const resourceAt = index.resourceAt[row] ?? 0;
    if (isWanted[at] !== true || isAmong[resourceAt] !== true || isListed[index.states[row] ?? 0] !== true) continue;
    found.push({
      control: index.controls[at] ?? "",
      severity: SEVERITIES[index.severities[row] ?? 0] ?? "info",
      layer: LAYERS[index.layers[row] ?? 0] ?? "cluster",
      state: STORED_STATES[index.states[row] ?? 0] ?? "fail",
      resourceKey: index.resources[resourceAt]?.key ?? "",
      spanId: index.spanIds[row] ?? 0,
    });
  }
  return found;
}

/** The resources of which a snapshot stores a finding in any state, identities too: the others met all that they were asked. */
export async function listNotMeeting(pool: Pool, clusterId: number, seq: number): Promise<readonly ResourceName[]> {
  return (await loadFindingIndex(pool, clusterId, seq)).resources;
}
