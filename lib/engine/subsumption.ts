import type { AnyControl } from "../controls/define";
import type { JoinedOutcome, SourcedWeakness } from "./join-views";
import { sharesLists } from "./shares-lists";

/** What the controls said of one subject, before subsumption. */
export interface Answer {
  readonly control: AnyControl;
  readonly outcome: JoinedOutcome;
}

/** Weaknesses left after those that a more specific failing control already shows on the same evidence. */
export type Subsumed = { readonly weaknesses: readonly SourcedWeakness[]; readonly by: string | null };

/** Asks for the parts of each weakness: of a pod with thousands of containers, not each is compared with each. */
function createCovers(stronger: readonly SourcedWeakness[]): (weakness: SourcedWeakness) => boolean {
  const shown = new Set(stronger.map(({ on = "" }) => on));
  return ({ on = "" }) => shown.has("") || shown.has(on) || [...on.matchAll(/:/g)].some(({ index }) => shown.has(on.slice(0, index)));
}

type Weaknesses = readonly SourcedWeakness[];

const leftOver = new WeakMap<Weaknesses, WeakMap<Weaknesses, Weaknesses>>();

function findRest(left: Weaknesses, stronger: Weaknesses): Weaknesses {
  const covers = createCovers(stronger);
  return left.filter((weakness) => !covers(weakness));
}

/** Thousands of subjects may share both lists: those are compared once. */
function findSharedRest(left: Weaknesses, stronger: Weaknesses): Weaknesses {
  const known = leftOver.get(left)?.get(stronger);
  if (known) return known;
  const rest = findRest(left, stronger);
  const ofLeft = leftOver.get(left) ?? new WeakMap<Weaknesses, Weaknesses>();
  leftOver.set(left, ofLeft.set(stronger, rest));
  return rest;
}

/**
 * Applies `subsumedBy`: a weakness is covered when a stronger control fails on the same `on` ("" covers the whole subject, `app`
 * also `app:NET_ADMIN`).
 * The control is subsumed when all its weaknesses are covered.
 */
export function applySubsumption(answers: readonly Answer[]): ReadonlyMap<string, Subsumed> {
  const failing = new Map<string, readonly SourcedWeakness[]>();
  for (const { control, outcome } of answers) if (outcome.state === "fail") failing.set(control.id, outcome.weaknesses);
  const result = new Map<string, Subsumed>();
  for (const { control } of answers) {
    if (!control.subsumedBy) continue;
    const own = failing.get(control.id);
    if (!own) continue;
    let left = own;
    let by: string | null = null;
    for (const id of control.subsumedBy) {
      const stronger = failing.get(id);
      if (!stronger) continue;
      const rest = sharesLists(control) ? findSharedRest(left, stronger) : findRest(left, stronger);
      if (rest.length < left.length) by = id;
      left = rest;
    }
    result.set(control.id, { weaknesses: left, by });
  }
  return result;
}
