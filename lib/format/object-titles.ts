import type { Severity } from "../model/severity";
import { formatAll, formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

/** What a page about one object knows. */
export interface ObjectStanding {
  readonly name: string;
  readonly met: number;
  /** False: it may meet more than is counted. */
  readonly isMetKnown: boolean;
  readonly failing: number;
  readonly notAssessed: number;
  readonly worst: Severity | null;
  /** Failures of the worst severity. */
  readonly worstCount: number;
  /** It could not be read in this snapshot: all of it is as it last was. */
  readonly isUnread: boolean;
  /** What is graver than all of its own, on an object that belongs with it, as `graverWords` says it; "" = nothing. */
  readonly graver: string;
}

/** "checkout-gateway fails 11 of 46 controls; 2 are high; its service account has a critical finding", "cart met all 12 controls when it was last read" */
export function objectTitle(standing: ObjectStanding): string {
  return `${ownTitle(standing)}${standing.graver === "" ? "" : `; ${standing.graver}`}`;
}

function ownTitle(standing: ObjectStanding): string {
  const { name, met, isMetKnown, failing, notAssessed, worst, worstCount, isUnread } = standing;
  const when = isUnread ? " when it was last read" : "";
  const all = met + failing + notAssessed;
  if (all === 0 && isMetKnown) return `${name}: no control applies to it`;
  if (failing === 0) {
    const open = notAssessed === 0 ? "" : `; ${formatCount(notAssessed)} ${plural(notAssessed, "was", "were")} not assessed`;
    if (!isMetKnown) return `${name} ${isUnread ? "failed" : "fails"} no control${when}${open}`;
    if (met === 0) return `${name}: nothing could be assessed`;
    const some = notAssessed > 0 ? formatNoun(met, "control") : met === 1 ? "the one control that applies to it" : `${formatAll(met)} controls`;
    return `${name} ${isUnread ? "met" : "meets"} ${some}${when}${open}`;
  }
  const grave =
    worst !== null && worst !== "info"
      ? failing === 1 && worstCount === 1
        ? `, with ${worst} severity`
        : `; ${formatCount(worstCount)} ${isUnread ? plural(worstCount, "was", "were") : plural(worstCount, "is", "are")} ${worst}`
      : "";
  const failed = isMetKnown ? `${formatCount(failing)} of ${formatNoun(all, "control")}` : formatNoun(failing, "control");
  return `${name} ${isUnread ? "failed" : "fails"} ${failed}${when}${grave}`;
}

interface RingCounts {
  readonly met: number;
  readonly isMetKnown: boolean;
  readonly failing: number;
  readonly notAssessed: number;
  /** Of the met and the failing ones, those that could not be asked again. */
  readonly staleMet: number;
  readonly staleFailing: number;
}

/** "5 of 14 fail, 2 not assessed", "1 of 6 fails", "1 fails" where nobody counts what is met, "all 4 met", "both met", "1 of 1 met", "2 of 3 met, 1 not assessed, 2 as last assessed" */
export function ringCaption(ring: RingCounts): string {
  const all = ring.met + ring.failing + ring.notAssessed;
  if (all === 0 && ring.isMetKnown) return "no control applies";
  const stale = ring.staleMet + ring.staleFailing;
  const last = stale === 0 ? "" : stale > 1 && stale === ring.met + ring.failing ? ", all as last assessed" : `, ${formatCount(stale)} as last assessed`;
  const open = `${ring.notAssessed === 0 ? "" : `, ${formatCount(ring.notAssessed)} not assessed`}${last}`;
  if (!ring.isMetKnown) return `${ring.failing === 0 ? "none fails" : `${formatCount(ring.failing)} ${plural(ring.failing, "fails", "fail")}`}${open}`;
  if (ring.failing === 0)
    return ring.notAssessed === 0 && all > 1 ? `${formatAll(all)} met${open}` : `${formatCount(ring.met)} of ${formatCount(all)} met${open}`;
  return `${formatCount(ring.failing)} of ${formatCount(all)} ${plural(ring.failing, "fails", "fail")}${open}`;
}

/** "1,071 resources; 214 have open findings", "1 of 9 resources matches this view; it has no open findings" */
export function resourcesTitle({ matching, total, failing }: { readonly matching: number; readonly total: number; readonly failing: number }): string {
  if (total === 0) return "No resources are known";
  if (matching === 0) return `None of ${formatNoun(total, "resource")} matches this view`;
  const those =
    matching === total
      ? formatNoun(total, "resource")
      : `${formatCount(matching)} of ${formatNoun(total, "resource")} ${plural(matching, "matches", "match")} this view`;
  if (matching === 1) return `${those}; it has ${failing === 0 ? "no " : ""}open findings`;
  const some = `${formatCount(failing)} ${plural(failing, "has", "have")}`;
  return `${those}; ${failing === 0 ? "none has" : failing === matching ? "all have" : some} open findings`;
}

/** "12 could not be read in this snapshot, and are shown as last read. "; empty where all were read. */
export function staleSentence(stale: number): string {
  return stale === 0 ? "" : `${formatCount(stale)} could not be read in this snapshot, and ${plural(stale, "is", "are")} shown as last read. `;
}

/** " 135 more open findings are on no object here: ..."; empty where every finding is on one. */
export function elsewhereSentence(count: number): string {
  if (count === 0) return "";
  return ` ${formatCount(count)} more open ${plural(count, "finding belongs", "findings belong")} to no object here, but to the cluster as a whole or to identities that only bindings name.`;
}

/** "62 of 139 controls fail here; 4 could not be assessed in full" */
export function controlsTitle(counts: { readonly all: number; readonly failing: number; readonly notAssessed: number; readonly sourceOff: number }): string {
  const isKnown = counts.failing > 0 || counts.notAssessed === 0;
  const rest = [
    ...(counts.notAssessed === 0
      ? []
      : [`; ${formatCount(counts.notAssessed)}${isKnown ? "" : ` of ${formatCount(counts.all)}`} could not be assessed in full`]),
    ...(counts.sourceOff === 0 ? [] : [`; ${formatCount(counts.sourceOff)} ${plural(counts.sourceOff, "needs", "need")} a source that is off`]),
  ].join("");
  if (!isKnown) return `No control is known to fail here${rest}`;
  if (counts.failing === 0) return `None of ${formatNoun(counts.all, "control")} fails here${rest}`;
  return `${formatCount(counts.failing)} of ${formatNoun(counts.all, "control")} ${plural(counts.failing, "fails", "fail")} here${rest}`;
}

/** Why more controls fail than the layers count: "2 of those that fail sum up others by Pod Security level: they cost nothing, and …", "" = none does. */
export function rollUpSentence(failing: number): string {
  if (failing === 0) return "";
  const [sums, they] = failing === 1 ? ["sums", "it costs nothing, and no layer counts it"] : ["sum", "they cost nothing, and no layer counts them"];
  return `${formatCount(failing)} of those that fail ${sums} up others by Pod Security level: ${they}.`;
}

interface SubjectCounts {
  readonly n: number;
  readonly failing: number;
  readonly unknown: number;
  /** Of `n`, as they last were. */
  readonly stale: number;
  readonly isSwitchedOff?: boolean;
  /** Left to people. */
  readonly manual?: number;
  /** Failing under another control, which shows the same. */
  readonly subsumed?: number;
}

/** "3 of 63 subjects fail, 1 of them as last assessed", "All 63 subjects meet it" */
export function controlSentence(counts: SubjectCounts): string {
  if (counts.isSwitchedOff === true) return "Nothing was judged: its source is off.";
  const open = counts.unknown === 0 ? "" : ` ${formatNoun(counts.unknown, "subject")} could not be assessed.`;
  const { manual = 0, subsumed = 0 } = counts;
  if (counts.n + counts.unknown === 0 && manual > 0) return `${formatNoun(manual, "subject")} ${plural(manual, "needs", "need")} review.`;
  if (counts.n + counts.unknown === 0 && subsumed > 0) return `${formatNoun(subsumed, "subject")} ${plural(subsumed, "fails", "fail")} under another control.`;
  if (counts.n === 0) return counts.unknown === 0 ? "There is nothing here it applies to." : `Nothing was judged.${open}`;
  if (counts.failing === 0) {
    if (counts.stale > 0) return `Nothing fails among ${formatNoun(counts.n, "subject")}, ${staleWords(counts)}.${open}`;
    const assessed = counts.unknown === 0 ? "" : " that could be assessed";
    return `${counts.n === 1 ? `The one subject${assessed} meets` : `All ${formatNoun(counts.n, "subject")}${assessed} meet`} it.${open}`;
  }
  return `${formatCount(counts.failing)} of ${formatNoun(counts.n, "subject")} ${plural(counts.failing, "fails", "fail")}${counts.stale === 0 ? "" : `, ${staleWords(counts)}`}.${open}`;
}

function staleWords({ n, stale }: Pick<SubjectCounts, "n" | "stale">): string {
  return stale === n ? "as last assessed" : `${formatCount(stale)} of them as last assessed`;
}

function hasSubjects({ n, unknown, manual = 0, subsumed = 0 }: SubjectCounts): boolean {
  return n + unknown + manual + subsumed > 0;
}

/** The same of workloads, and of the platform where it has subjects: "All 63 subjects meet it. On the platform: 14 of 20 subjects fail." */
export function controlSentences(counts: SubjectCounts, platform: SubjectCounts): string {
  if (counts.isSwitchedOff === true || !hasSubjects(platform)) return controlSentence(counts);
  const beside = controlSentence(platform);
  return `${hasSubjects(counts) ? `${controlSentence(counts)} ` : ""}On the platform: ${beside.charAt(0).toLowerCase()}${beside.slice(1)}`;
}
