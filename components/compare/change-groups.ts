import type { CompareResponse, CompareRow } from "@/lib/contracts/snapshots";

export interface ChangeGroup {
  readonly change: CompareRow["change"];
  readonly count: number;
  /** After the count: "21 gone with their object". */
  readonly words: string;
  /** The same on a tab. */
  readonly tab: string;
}

type Compare = Pick<CompareResponse, "ledger">;

/** How findings opened, those first that were never there before. */
export function openedGroups({ ledger }: Compare): readonly ChangeGroup[] {
  return [
    { change: "new", count: ledger.new, words: "new", tab: "New" },
    { change: "reopened", count: ledger.reopened, words: "reopened", tab: "Reopened" },
    { change: "assessed", count: ledger.assessed, words: "not assessed before", tab: "Not assessed before" },
    { change: "uncovered", count: ledger.uncovered, words: "covered by another finding before", tab: "Covered before" },
    { change: "opened-by-settings", count: ledger.openedBySettings, words: "opened by changed settings", tab: "Opened by settings" },
    { change: "new-control", count: ledger.newControl, words: "opened by new controls", tab: "New control" },
    { change: "opened-by-control", count: ledger.openedByControl, words: "opened by changed controls", tab: "Opened by changed control" },
  ];
}

/** Open at both ends. */
export function worsenedGroups({ ledger }: Compare): readonly ChangeGroup[] {
  return [
    { change: "worsened", count: ledger.worsened, words: "worse than before", tab: "Worse" },
    { change: "worsened-by-settings", count: ledger.worsenedBySettings, words: "rated higher by changed settings", tab: "Rated higher by settings" },
    { change: "worsened-by-control", count: ledger.worsenedByControl, words: "rated higher by changed controls", tab: "Rated higher by control" },
  ];
}

/** How many in all. */
export function sumOf(groups: readonly ChangeGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** How findings closed. Only the first cause is a fix: the others say nothing of what would be found today. */
export function closedGroups({ ledger }: Compare): readonly ChangeGroup[] {
  const { fixed, gone, replaced, finished, subsumed, notApplicable, exception, controlChanged, controlOff, settings, otherClosed } = ledger;
  return [
    { change: "fixed", count: fixed, words: "fixed", tab: "Fixed" },
    { change: "gone", count: gone, words: "gone with their object", tab: "Gone" },
    { change: "replaced", count: replaced, words: "on objects that were made anew", tab: "Object made anew" },
    { change: "finished", count: finished, words: "over with their Job", tab: "Job over" },
    { change: "subsumed", count: subsumed, words: "covered by another finding", tab: "Covered" },
    { change: "not-applicable", count: notApplicable, words: "not applicable any more", tab: "Not applicable" },
    { change: "exception", count: exception, words: "accepted by exception", tab: "Exceptions" },
    { change: "control-changed", count: controlChanged, words: "closed by a changed control", tab: "Closed by changed control" },
    { change: "control-off", count: controlOff, words: "not judged any more", tab: "Not judged" },
    { change: "settings", count: settings, words: "closed by changed settings", tab: "Closed by settings" },
    {
      change: "other",
      count: otherClosed - replaced - finished - subsumed - notApplicable - exception - controlChanged - controlOff - settings,
      words: "closed for another reason",
      tab: "Other",
    },
  ];
}
