import type { AnyControl } from "../controls/define";
import { findAskedSlice } from "../inventory/slice-kind";
import type { SliceName } from "../inventory/slices";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import { canBeSubject, subjectSlices } from "./subjects";

/** The controls whose verdicts can differ once some objects change. */
export interface TouchedControls {
  /** Those that ask about one of the objects itself. */
  readonly own: readonly AnyControl[];
  /** Those that look at such objects when they judge another. */
  readonly around: readonly AnyControl[];
  /** Those that a failure of one of these can be a part of. */
  readonly covering: readonly AnyControl[];
}

/** All that a control may look at. */
export function everyRead({ subject, reads, extraReads = [] }: AnyControl): readonly SliceName[] {
  return [...reads, ...extraReads, ...subjectSlices(subject)];
}

/** Whether a control looks at any of these slices besides its own subject. Identities are made of every role and binding. */
function looksAt(control: AnyControl, slices: ReadonlySet<SliceName>): boolean {
  const { subject, reads, extraReads = [] } = control;
  const beside = subject === "principal" ? everyRead(control) : [...reads, ...extraReads];
  return beside.some((slice) => slices.has(slice));
}

/** The controls whose verdicts may differ once objects of these kinds change: of the objects themselves, of others around them, and those that cover these. */
export function findTouchedControls(controls: readonly AnyControl[], changed: readonly Pick<ResourceRef, "apiVersion" | "kind">[]): TouchedControls {
  const slices = new Set(changed.map((ref) => findAskedSlice(apiGroup(ref), ref.kind) ?? "workloads"));
  const own = controls.filter(({ subject }) => changed.some((ref) => canBeSubject(subject, ref.kind, apiGroup(ref))));
  const around = controls.filter((control) => looksAt(control, slices));
  const covers = new Set(around.flatMap(({ subsumedBy = [] }) => subsumedBy));
  return { own, around, covering: controls.filter(({ id }) => covers.has(id)) };
}
