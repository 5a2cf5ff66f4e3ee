import type { FindingStanding } from "@/lib/format/finding-titles";
import { formatInstant } from "@/lib/format/instant";
import type { State } from "@/lib/model/verdict";
import type { ClosedCause, OpenedCause } from "@/lib/store/commit/commit-input";
import { type FindingRecord, wasNeverShown } from "@/lib/store/findings/finding-record";

const NOT_FIXED: ReadonlySet<string> = new Set<ClosedCause>([
  ...(["finished", "subsumed", "not-applicable", "settings", "control-changed", "control-off"] as const),
  "resource-gone", // and there again
]);
/** Whose control may not have judged the object since: what it says now is asked again. */
const ASKED_AGAIN: ReadonlySet<string> = new Set<ClosedCause>(["subsumed", "resource-gone", "control-off"]);

/** What ended a period; `isOver` = its control is judged again. */
function tellEnd({ closedAt, closedCause }: FindingRecord, isOver: boolean): string | null {
  if (!closedAt) return null;
  const at = formatInstant(closedAt, "UTC");
  switch (closedCause) {
    case "fixed":
      return `It was fixed by ${at}.`;
    case "resource-gone":
      return `Its object was gone on ${at}.`;
    case "finished":
      return `Its Job was over on ${at}; nobody fixed it.`;
    case "subsumed":
      // What came of that finding since is told on its own page.
      return `From ${at} on another finding showed the same; that fixed nothing.`;
    case "not-applicable":
      return `From ${at} on its control did not apply there any more; nothing shows that it was fixed.`;
    case "control-off":
      return isOver ? `From ${at} on its control was not judged in this cluster.` : `Since ${at} its control is not judged in this cluster any more.`;
    case "control-changed":
      return `It no longer fails since ${at}, because its control changed.`;
    case "settings":
      return `It no longer fails since ${at}, because the settings of this cluster were changed; nobody fixed it.`;
    default:
      return null;
  }
}

/** What holds besides the spans of a finding. */
interface FindingFrame {
  /** Its object is gone: since when; null = it is there, or was never stored. */
  readonly goneAt: Date | null;
  /** Its control is in force. */
  readonly isJudged: boolean;
  /** Of what ended without a verdict of its control: what that says of the object in the latest snapshot; null = not asked, or it cannot be told. */
  readonly judgedNow: State | null;
}

/** Periods in which it failed without interruption: consecutive spans with one `openSinceSeq` are one. */
function listPeriods(spans: readonly FindingRecord[]): readonly (readonly FindingRecord[])[] {
  return [
    ...Map.groupBy(
      spans.filter((span) => span.state === "fail"),
      (span) => span.openSinceSeq,
    ).values(),
  ];
}

/** What a finding is at one moment, given its spans up to then. */
export function stateAt(
  spans: readonly FindingRecord[],
  { isResourceGone, isJudged }: { readonly isResourceGone: boolean; readonly isJudged: boolean },
): FindingStanding {
  const current = spans.find((span) => span.closedSeq === null);
  if (current) return current.isStale && current.state === "unknown" ? "not-assessed" : current.state === "fail" ? "open" : current.state;
  if (spans.length === 0) return "not-yet";
  if (isResourceGone) return "gone";
  const last = spans.at(-1);
  if (!isJudged && (last?.closedCause === "control-off" || last?.closedCause === "resource-gone")) return "not-assessed";
  // What nobody could tell, what other rules closed and what nobody asked about meanwhile was not seen to be mended by anybody.
  return last?.state === "unknown" || NOT_FIXED.has(last?.closedCause ?? "") ? "not-failing" : "fixed";
}

/** Whether what its control says now is to be asked: nothing of a finding that is over tells whether it passes, is covered or does not apply. */
export function isAskedAgain(spans: readonly FindingRecord[]): boolean {
  return spans.every((span) => span.closedSeq !== null) && ASKED_AGAIN.has(lastFailure(spans)?.closedCause ?? "");
}

function lastFailure(spans: readonly FindingRecord[]): FindingRecord | undefined {
  return spans.findLast((span) => span.state === "fail") ?? spans.at(-1);
}

const SAID_NOW: Readonly<Record<string, string>> = {
  pass: "passes",
  subsumed: "another finding shows the same",
  "not-applicable": "its control does not apply there",
};

/** What is known of an object that came back. */
function tellReturn(current: FindingRecord | undefined, { isJudged, judgedNow }: FindingFrame): string {
  const again = "An object of the same name is there again";
  if (current) return `${again}, and ${current.state === "unknown" ? "is not assessed" : "needs review"}.`;
  return isJudged ? `${again}, and ${SAID_NOW[judgedNow ?? ""] ?? "has no finding of its own"}.` : `${again}, but its control is not judged in this cluster.`;
}

/** What came after the last period, when it is over. */
function tellRest(spans: readonly FindingRecord[], frame: FindingFrame): readonly string[] {
  const { goneAt, isJudged, judgedNow } = frame;
  const [last, current] = [lastFailure(spans), spans.find((span) => span.closedSeq === null)];
  const cause = last?.closedCause;
  if (goneAt !== null) return current || cause === "resource-gone" ? [] : [`Its object was gone on ${formatInstant(goneAt, "UTC")}.`];
  if (cause === "resource-gone") return [tellReturn(current, frame)];
  if (current) return [];
  if (cause === "subsumed" && judgedNow === "pass") return ["In the latest snapshot it passes."];
  if (cause === "subsumed" && judgedNow === "not-applicable") return ["In the latest snapshot its control does not apply there."];
  return cause === "control-off" && isJudged ? [`It is judged again, and ${SAID_NOW[judgedNow ?? ""] ?? "has no finding of its own"}.`] : [];
}

const WHY_OPENED: Readonly<Record<string, string>> = {
  settings: ", when the settings of this cluster were changed",
  "new-control": ", when its control was added",
  "new-catalogue": ", because its control changed",
} satisfies Partial<Record<OpenedCause, string>>;

const WHY_REGRADED: Readonly<Record<string, string>> = {
  regraded: "its control changed",
  reweighted: "its control was given another weight in this cluster",
} satisfies Partial<Record<OpenedCause, string>>;

/** How a period began. */
function tellBegin({ openedAt, openedCause }: FindingRecord, isFirst: boolean): string {
  const at = formatInstant(openedAt, "UTC");
  if (isFirst && openedCause === "first-scan") return `It already failed at the first scan, ${at}.`;
  if (openedCause === "assessed") return `It was found${isFirst ? "" : " again"} on ${at}, when it could be assessed; since when it failed is not known.`;
  if (openedCause === "uncovered") return `It failed ${isFirst ? "" : "again "}by ${at}, when another finding showed the same.`;
  return `It ${isFirst ? "opened" : "came back"} on ${at}${WHY_OPENED[openedCause] ?? ""}.`;
}

/** Severities that a period got without anybody's doing in the cluster, and when another finding showed the same. */
function tellLooks(period: readonly FindingRecord[]): readonly string[] {
  return period.flatMap((span, i) => {
    const { spanAt, openedCause, severity } = span;
    const at = formatInstant(spanAt, "UTC");
    const before = period[i - 1];
    const covered = before ? tellEnd(before, true) : null;
    if (wasNeverShown(span)) return covered === null ? [] : [covered];
    if (openedCause === "uncovered") return [...(covered === null ? [] : [covered]), `It is shown by itself ${before ? "again " : ""}since ${at}.`];
    const why = WHY_REGRADED[openedCause];
    return why === undefined ? [] : [`It is rated ${severity} since ${at}, because ${why}.`];
  });
}

/** What happened, in sentences, oldest first: the part of a permalink that outlives the fix. */
export function tellStory(spans: readonly FindingRecord[], frame: FindingFrame): string[] {
  const periods = listPeriods(spans);
  const sentences = periods.flatMap((period, i) => {
    const [first, last] = [period[0], period.at(-1)];
    if (!first || !last) return [];
    const closed = tellEnd(last, frame.isJudged || i < periods.length - 1);
    return [tellBegin(first, i === 0), ...tellLooks(period), ...(closed === null ? [] : [closed])];
  });
  const current = spans.find((span) => span.closedSeq === null);
  if (current?.isStale) sentences.push("It could not be assessed since; it is shown as it last was.");
  if (current?.state !== "fail") sentences.push(...tellRest(spans, frame));
  return sentences;
}
