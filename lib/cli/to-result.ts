import { findControl } from "../controls/registry";
import type { ResourceRef } from "../model/resource-ref";
import { type Severity, severityRank } from "../model/severity";
import { tableOf } from "../model/table-of";
import { STATES, type State, type Verdict } from "../model/verdict";
import type { ScanOptions } from "./scan-options";

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

/** Where each object of the evidence is at fault, an entry under the name of each. They are no verdicts more: `partOf` is the object that has the verdict. */
export function toPartResults(verdict: Verdict): readonly (ReturnType<typeof toResult> & { readonly partOf: ResourceRef })[] {
  if (verdict.state !== "fail" || findControl(verdict.control)?.standsOnEvidence !== true) return [];
  const own = toResult(verdict);
  return (verdict.parts ?? verdict.evidence).flatMap(({ object, ...entry }) =>
    object ? [{ ...own, resource: object, evidence: [entry], partOf: verdict.resource }] : [],
  );
}

function isAtLeast(verdict: Verdict, severity: Severity): boolean {
  return severityRank(verdict.severity) <= severityRank(severity);
}

/** Pass and not-applicable are the bulk; they are listed on demand. */
export function isListed(verdict: Verdict, { showsAll, minSeverity }: Pick<ScanOptions, "showsAll" | "minSeverity">): boolean {
  return isAtLeast(verdict, minSeverity) && (showsAll || (verdict.state !== "pass" && verdict.state !== "not-applicable"));
}

/** Whether it makes the command exit 1. */
export function isFailure(verdict: Verdict, { failOn, minSeverity }: Pick<ScanOptions, "failOn" | "minSeverity">): boolean {
  return verdict.state === "fail" && failOn !== null && isAtLeast(verdict, failOn) && isAtLeast(verdict, minSeverity);
}

/** Every state counted per control, whatever is listed. */
export function createSummary() {
  const counts = new Map<string, Record<State, number>>();
  return {
    add(verdict: Verdict): void {
      let entry = counts.get(verdict.control);
      if (!entry) counts.set(verdict.control, (entry = tableOf(STATES, () => 0)));
      entry[verdict.state] += 1;
    },
    toObject: (): Record<string, Record<State, number>> => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
