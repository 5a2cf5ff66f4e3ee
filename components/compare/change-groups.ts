import type { CompareResponse, CompareRow } from "@/lib/contracts/snapshots";

interface ChangeGroup {
  readonly change: CompareRow["change"];
  readonly count: number;
  /** After the count: "21 gone with their object". */
  readonly words: string;
}

/** How findings opened, those first that were never there before. */
export function openedGroups({ ledger }: Pick<CompareResponse, "ledger">): readonly ChangeGroup[] {
  return [
    { change: "new", count: ledger.new, words: "new" },
    { change: "reopened", count: ledger.reopened, words: "reopened" },
  ];
}

/** How findings closed. Only the first cause is a fix: the others say nothing of what would be found today. */
export function closedGroups({ ledger }: Pick<CompareResponse, "ledger">): readonly ChangeGroup[] {
  const { fixed, gone, exception, controlChanged, controlOff, otherClosed } = ledger;
  return [
    { change: "fixed", count: fixed, words: "fixed" },
    { change: "gone", count: gone, words: "gone with their object" },
    { change: "exception", count: exception, words: "accepted by exception" },
    { change: "control-changed", count: controlChanged, words: "closed by a changed control" },
    { change: "control-off", count: controlOff, words: "not judged any more" },
    { change: "other", count: otherClosed - exception - controlChanged - controlOff, words: "closed for another cause" },
  ];
}
