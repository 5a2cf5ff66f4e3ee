import type { Layer } from "../model/layer";
import { type Severity, worstSeverity } from "../model/severity";
import type { Scope, State, Verdict } from "../model/verdict";
import { type Counts, emptyCounts, type Tally } from "./tally";

/** What one control says of one subject, as far as it is counted. */
export interface Counted extends Pick<Verdict, "state" | "severity" | "scope"> {
  /** It stays as it last was, since it cannot be told any more. */
  readonly isStale?: boolean;
}

/** One subject of one control, before and after a change; null = it is none there. */
export interface VerdictChange {
  readonly control: string;
  readonly layer: Layer;
  readonly before: Counted | null;
  readonly after: Counted | null;
}

/** How many subjects of a control fail in a scope, by severity. */
export type FailuresOf = (control: string, scope: Scope) => ReadonlyMap<Severity, number>;

const COUNTED_IN: Readonly<Record<State, readonly ("n" | "failing" | "waived" | "unknown" | "manual" | "subsumed" | "notApplicable")[]>> = {
  pass: ["n"],
  fail: ["n", "failing"],
  waived: ["n", "waived"],
  unknown: ["unknown"],
  manual: ["manual"],
  subsumed: ["subsumed"],
  "not-applicable": ["notApplicable"],
};

function worstOf(failing: ReadonlyMap<Severity, number>): Severity | null {
  return worstSeverity([...failing].flatMap(([severity, count]) => (count > 0 ? [severity] : []))) ?? null;
}

/** The tallies as a scan would count them after the change. */
export function changeTallies(tallies: readonly Tally[], changes: readonly VerdictChange[], failuresOf: FailuresOf): readonly Tally[] {
  const changed = new Map<string, { readonly counts: Counts; readonly failing: Map<Severity, number> }>();
  const find = ({ control, layer }: VerdictChange, scope: Scope) => {
    const key = `${control} ${scope}`;
    let found = changed.get(key);
    if (!found) {
      const counts = { ...(tallies.find((tally) => tally.control === control && tally.scope === scope) ?? emptyCounts(control, layer, scope)) };
      changed.set(key, (found = { counts, failing: new Map(failuresOf(control, scope)) }));
    }
    return found;
  };
  const count = (change: VerdictChange, verdict: Counted | null, by: 1 | -1): void => {
    if (!verdict) return;
    const { counts, failing } = find(change, verdict.scope);
    for (const field of COUNTED_IN[verdict.state]) counts[field] = Math.max(0, counts[field] + by);
    if (verdict.isStale && COUNTED_IN[verdict.state].includes("n")) counts.stale += by;
    if (verdict.state === "fail") failing.set(verdict.severity, (failing.get(verdict.severity) ?? 0) + by);
  };
  for (const change of changes) {
    count(change, change.before, -1);
    count(change, change.after, 1);
  }
  const kept = tallies.filter((tally) => !changed.has(`${tally.control} ${tally.scope}`));
  return [...kept, ...[...changed.values()].map(({ counts, failing }) => ({ ...counts, worst: worstOf(failing) }))];
}
