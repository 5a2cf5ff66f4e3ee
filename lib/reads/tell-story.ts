import { formatInstant } from "@/lib/format/instant";
import type { FindingRecord } from "@/lib/store/findings/finding-record";

export type FindingMoment = "open" | "manual" | "waived" | "unknown" | "fixed" | "gone" | "not-assessed" | "not-yet";

const CLOSED: Readonly<Record<string, (at: string) => string>> = {
  fixed: (at) => `It was fixed by ${at}.`,
  "resource-gone": (at) => `Its object was gone on ${at}.`,
  "control-off": (at) => `Since ${at} its control is not judged in this cluster any more.`,
  "control-changed": (at) => `The control itself changed on ${at}, and no longer fails here.`,
};

/** Periods in which it failed without interruption: consecutive spans with one `openSinceSeq` are one. */
export function listPeriods(spans: readonly FindingRecord[]): readonly { readonly first: FindingRecord; readonly last: FindingRecord }[] {
  return [
    ...Map.groupBy(
      spans.filter((span) => span.state === "fail"),
      (span) => span.openSinceSeq,
    ).values(),
  ].flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    return first && last ? [{ first, last }] : [];
  });
}

/** What a finding is at one moment, given its spans up to then. */
export function stateAt(spans: readonly FindingRecord[], isResourceGone: boolean): FindingMoment {
  const current = spans.find((span) => span.closedSeq === null);
  if (current) return current.isStale && current.state === "unknown" ? "not-assessed" : current.state === "fail" ? "open" : current.state;
  if (spans.length === 0) return "not-yet";
  if (!isResourceGone && spans.at(-1)?.closedCause === "control-off") return "not-assessed";
  return isResourceGone || spans.at(-1)?.closedCause === "resource-gone" ? "gone" : "fixed";
}

/** What happened, in sentences, oldest first: the part of a permalink that outlives the fix. */
export function tellStory(spans: readonly FindingRecord[], isReturned: boolean): string[] {
  const periods = listPeriods(spans);
  const sentences = periods.flatMap(({ first, last }, i) => {
    const opened = formatInstant(first.openedAt);
    const word =
      i === 0
        ? first.openedCause === "first-scan"
          ? `It already failed at the first scan, ${opened}.`
          : `It opened on ${opened}.`
        : `It came back on ${opened}.`;
    const closed = last.closedAt && last.closedCause ? CLOSED[last.closedCause]?.(formatInstant(last.closedAt)) : undefined;
    return closed ? [word, closed] : [word];
  });
  const current = spans.find((span) => span.closedSeq === null);
  if (current?.isStale) sentences.push("It could not be assessed since; it is shown as it last was.");
  if (isReturned) sentences.push("An object of the same name is there again, and passes.");
  return sentences;
}
