import type { AnyControl } from "../controls/define";
import type { SubjectKind } from "../controls/subject";
import { sliceKindOf } from "../inventory/slice-kind";
import { READ_BY_KIND, SLICE_KINDS, type SliceName } from "../inventory/slices";
import { WORKLOAD_KINDS } from "../inventory/workloads/workload-kind";
import { isGap, isLost, type KindCoverage, whyUnread } from "../model/coverage";
import { subjectSlices } from "./subjects";

function kindsOf(slice: SliceName): readonly string[] {
  return slice === "workloads" ? WORKLOAD_KINDS : SLICE_KINDS[slice];
}

/** The kinds behind `subjectSlices`: without one of them, not all subjects of a kind are listed. */
export function subjectKinds(subject: SubjectKind): ReadonlySet<string> {
  return new Set(subjectSlices(subject).flatMap(kindsOf));
}

/** The slices without which a control cannot give a whole verdict, those of its subjects among them. */
export function neededSlices({ needs, reads, subject }: AnyControl): readonly SliceName[] {
  return needs ?? [...new Set([...reads, ...subjectSlices(subject)])];
}

/** The kinds behind `neededSlices`, as slices name them. */
export function neededKinds(control: AnyControl): ReadonlySet<string> {
  return new Set(neededSlices(control).flatMap(kindsOf));
}

/**
 * Why what fails by a control may be graver than it says: what adds to its weaknesses was asked for in vain, or is not asked for any more. Null = all that
 * counts was read. What was not read either when it was judged last is no reason: the control said no more without it then.
 */
export function findBlur(
  { reads, softReads = [], extraReads = [] }: AnyControl,
  coverage: readonly KindCoverage[],
  then: readonly KindCoverage[],
): string | null {
  const standing = reads.filter((slice) => READ_BY_KIND.has(slice));
  const kinds = new Set([...softReads, ...extraReads, ...standing].flatMap(kindsOf));
  const known = new Set(then.filter(isLost).map(sliceKindOf));
  const gap = coverage.find((entry) => isLost(entry) && kinds.has(sliceKindOf(entry)) && !known.has(sliceKindOf(entry)));
  return gap ? whyUnread(gap) : null;
}

/**
 * The controls, by id, that wait for a source which nobody switched on; `true` = for nothing else, `false` = also for what was asked for and
 * could not be read.
 */
export function findSwitchedOff(controls: readonly AnyControl[], coverage: readonly KindCoverage[]): ReadonlyMap<string, boolean> {
  const off = new Set(coverage.filter((entry) => entry.status === "not-requested").map(sliceKindOf));
  const gaps = new Set(coverage.filter(isGap).map(sliceKindOf));
  const waiting = new Map<string, boolean>();
  for (const control of controls) {
    const needed = neededKinds(control);
    if (!needed.isDisjointFrom(off)) waiting.set(control.id, needed.isDisjointFrom(gaps));
  }
  return waiting;
}
