import { STATES, type State, type Verdict } from "../model/verdict";

/** One entry of `results`, as documented for the command line. */
export function toResult(verdict: Verdict) {
  return {
    control: verdict.control,
    layer: verdict.layer,
    severity: verdict.severity,
    state: verdict.state,
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
    resource: verdict.resource,
    evidence: verdict.evidence,
  };
}

/** Pass and not-applicable are the bulk; they are listed on demand. */
export function isListed(verdict: Verdict, showsAll: boolean): boolean {
  return showsAll || (verdict.state !== "pass" && verdict.state !== "not-applicable");
}

/** Every state counted per control, whatever is listed. */
export function createSummary() {
  const counts = new Map<string, Record<State, number>>();
  return {
    add(verdict: Verdict): void {
      let entry = counts.get(verdict.control);
      if (!entry) counts.set(verdict.control, (entry = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>));
      entry[verdict.state] += 1;
    },
    toObject: (): Record<string, Record<State, number>> => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
