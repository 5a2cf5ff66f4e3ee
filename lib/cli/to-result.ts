import { findControl } from "../controls/registry";
import { STATES, type State, type Verdict } from "../model/verdict";

/** One entry of `results`, as documented for the command line. */
function toResult(verdict: Verdict) {
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

/** The entry of a verdict; where each object of the evidence is at fault, one more under the name of each. */
export function toResults(verdict: Verdict): readonly ReturnType<typeof toResult>[] {
  const own = toResult(verdict);
  if (verdict.state !== "fail" || findControl(verdict.control)?.standsOnEvidence !== true) return [own];
  const others = verdict.evidence.flatMap(({ object, ...entry }) => (object ? [{ ...own, resource: object, evidence: [entry] }] : []));
  return [own, ...others];
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
