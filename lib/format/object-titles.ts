import type { Severity } from "../model/severity";
import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

/** What a page about one object knows. */
export interface ObjectStanding {
  readonly name: string;
  readonly met: number;
  readonly failing: number;
  readonly notAssessed: number;
  readonly worst: Severity | null;
  /** Failures of the worst severity. */
  readonly worstCount: number;
}

/** "checkout-gateway fails 11 of 46 controls; 2 are critical" */
export function objectTitle(standing: ObjectStanding): string {
  const { name, met, failing, notAssessed, worst, worstCount } = standing;
  const all = met + failing + notAssessed;
  if (all === 0) return `${name}: no control asks about it`;
  if (failing === 0) {
    const open = notAssessed === 0 ? "" : `; ${formatCount(notAssessed)} ${plural(notAssessed, "was", "were")} not assessed`;
    return met === 0 ? `${name}: nothing could be assessed` : `${name} meets ${notAssessed === 0 && met > 1 ? "all " : ""}${formatNoun(met, "control")}${open}`;
  }
  const grave = worst === "critical" || worst === "high" ? `; ${formatCount(worstCount)} ${plural(worstCount, "is", "are")} ${worst}` : "";
  return `${name} fails ${formatCount(failing)} of ${formatNoun(all, "control")}${grave}`;
}

/** "5 of 14 fail, 2 not assessed", "1 of 6 fails", "all 4 met" */
export function ringCaption(ring: { readonly met: number; readonly failing: number; readonly notAssessed: number }): string {
  const all = ring.met + ring.failing + ring.notAssessed;
  if (all === 0) return "nothing to ask";
  const open = ring.notAssessed === 0 ? "" : `, ${formatCount(ring.notAssessed)} not assessed`;
  if (ring.failing === 0) return ring.notAssessed === 0 ? `all ${formatCount(all)} met` : `${formatCount(ring.met)} of ${formatCount(all)} met${open}`;
  return `${formatCount(ring.failing)} of ${formatCount(all)} ${plural(ring.failing, "fails", "fail")}${open}`;
}

/** "214 of 1,071 resources fail a control", "No resource fails a control" */
export function resourcesTitle(matching: number, total: number, isFiltered: boolean): string {
  if (total === 0) return "No resources are known";
  if (!isFiltered) return `${formatNoun(total, "resource")} ${plural(total, "is", "are")} known`;
  return matching === 0
    ? `None of ${formatNoun(total, "resource")} matches this view`
    : `${formatCount(matching)} of ${formatNoun(total, "resource")} ${plural(matching, "matches", "match")} this view`;
}

/** "62 of 139 controls fail here; 4 could not be assessed" */
export function controlsTitle(counts: { readonly all: number; readonly failing: number; readonly notAssessed: number; readonly sourceOff: number }): string {
  const rest = [
    ...(counts.notAssessed === 0 ? [] : [`; ${formatCount(counts.notAssessed)} could not be assessed`]),
    ...(counts.sourceOff === 0 ? [] : [`; ${formatCount(counts.sourceOff)} ${plural(counts.sourceOff, "needs", "need")} a source that is off`]),
  ].join("");
  if (counts.failing === 0) return `None of ${formatNoun(counts.all, "control")} fails here${rest}`;
  return `${formatCount(counts.failing)} of ${formatNoun(counts.all, "control")} ${plural(counts.failing, "fails", "fail")} here${rest}`;
}

/** "3 of 63 subjects fail", "All 63 subjects meet it" */
export function controlSentence(counts: { readonly n: number; readonly failing: number; readonly unknown: number; readonly isSwitchedOff?: boolean }): string {
  if (counts.isSwitchedOff === true) return "Nothing was judged: its source is off.";
  const open = counts.unknown === 0 ? "" : ` ${formatNoun(counts.unknown, "subject")} could not be assessed.`;
  if (counts.n === 0) return counts.unknown === 0 ? "There is nothing here that it applies to." : `Nothing was judged.${open}`;
  if (counts.failing === 0) return `${counts.n === 1 ? "The one subject meets" : `All ${formatNoun(counts.n, "subject")} meet`} it.${open}`;
  return `${formatCount(counts.failing)} of ${formatNoun(counts.n, "subject")} ${plural(counts.failing, "fails", "fail")}.${open}`;
}
