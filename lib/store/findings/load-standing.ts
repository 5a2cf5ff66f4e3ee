import "server-only";
import type { Pool } from "pg";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { STORED_STATES } from "../commit/commit-input";
import { loadFindingIndex } from "./finding-index";

/** What is stored of one control and one object. */
interface StoredVerdict {
  readonly state: (typeof STORED_STATES)[number];
  readonly severity: Severity;
  readonly scope: Scope;
  readonly isStale: boolean;
}

export interface Standing {
  /** Several where a control says several things of one object. */
  readonly of: (control: string, resourceKey: string) => readonly StoredVerdict[];
  /** How many subjects of a control fail in a scope, by severity. */
  readonly failing: (control: string, scope: Scope) => ReadonlyMap<Severity, number>;
}

const NOTHING: readonly StoredVerdict[] = [];
const FAIL = STORED_STATES.indexOf("fail");

/** What a snapshot says of some objects, and how grave the failures of some controls are. */
export async function loadStanding(
  pool: Pool,
  clusterId: number,
  seq: number,
  wanted: { readonly keys: ReadonlySet<string>; readonly controls: ReadonlySet<string> },
): Promise<Standing> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const isControl = index.controls.map((id) => wanted.controls.has(id));
  const isObject = index.resources.map(({ key }) => wanted.keys.has(key));
  const stored = new Map<string, StoredVerdict[]>();
  const counts = new Map<string, Map<Severity, number>>();
  for (let row = 0; row < index.size; row += 1) {
    const control = index.controlAt[row] ?? 0;
    if (isControl[control] !== true) continue;
    const resource = index.resourceAt[row] ?? 0;
    const scope = SCOPES[index.scopes[row] ?? 0] ?? "workload";
    const severity = SEVERITIES[index.severities[row] ?? 0] ?? "info";
    if (index.states[row] === FAIL) {
      const key = `${index.controls[control]} ${scope}`;
      const bySeverity = counts.get(key) ?? new Map<Severity, number>();
      counts.set(key, bySeverity.set(severity, (bySeverity.get(severity) ?? 0) + 1));
    }
    if (isObject[resource] !== true) continue;
    const key = `${index.controls[control]} ${index.resources[resource]?.key}`;
    const state = STORED_STATES[index.states[row] ?? 0] ?? "unknown";
    stored.set(key, [...(stored.get(key) ?? []), { state, severity, scope, isStale: index.stale[row] === 1 }]);
  }
  return {
    of: (control, resourceKey) => stored.get(`${control} ${resourceKey}`) ?? NOTHING,
    failing: (control, scope) => counts.get(`${control} ${scope}`) ?? new Map(),
  };
}
