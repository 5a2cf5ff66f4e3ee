import type { FindingResponse } from "@/lib/contracts/findings";
import { formatDate, formatDay, isSameYear, type TimeZone } from "@/lib/format/instant";
import { formatDuration } from "@/lib/format/relative-time";
import type { HistorySpan } from "../charts/history-spans";
import { DAY_MS } from "@/lib/model/day-ms";

interface History {
  readonly spans: readonly HistorySpan[];
  readonly opened: number;
  readonly fixed: number;
  /** Why the last period ended; null = it goes on. */
  readonly endedBy: string | null;
  readonly fromAt: string;
}

const SHOWN_DAYS = 90;

const stateOf = (state: FindingResponse["spans"][number]["state"]): HistorySpan["state"] | null =>
  state === "open" || state === "manual" || state === "covered" ? "failing" : state === "unknown" || state === "not-assessed" ? "not-assessed" : null;

interface Period {
  readonly state: HistorySpan["state"];
  readonly fromAt: string;
  toAt: string | null;
  cause: string | null;
  /** It goes on from a failing period without a gap: what could not be assessed is still open, and is no new opening afterwards. */
  readonly isCarried: boolean;
}

/** The parts of a time that no period covers. */
function withoutPeriods(from: string, to: string, periods: readonly Period[], atAt: string): { readonly fromAt: string; readonly toAt: string }[] {
  let start = from;
  const parts: { fromAt: string; toAt: string }[] = [];
  for (const { fromAt, toAt } of periods) {
    if (fromAt >= to || (toAt ?? atAt) <= start) continue;
    if (fromAt > start) parts.push({ fromAt: start, toAt: fromAt });
    start = toAt ?? atAt;
  }
  return start < to ? [...parts, { fromAt: start, toAt: to }] : parts;
}

function dayOf(from: Date, atAt: string, zone: TimeZone): string {
  return (isSameYear(from, new Date(atAt), zone) ? formatDay : formatDate)(from, zone);
}

/** `to` = the end of the whole opening, with what could not be assessed in it. */
function labelOf({ state, fromAt, toAt, isCarried }: Period, to: string | null, isAgain: boolean, atAt: string, zone: TimeZone): string {
  const from = new Date(fromAt);
  const day = dayOf(from, atAt, zone);
  if (state === "not-assessed") return toAt === null ? `not assessed since ${day}` : `${day}: not assessed`;
  if (isCarried) return `${day}: assessed again`;
  if (to === null) return isAgain ? `${day}: reopened` : `open since ${day}`;
  return `${day}: open for ${formatDuration(Date.parse(to) - Date.parse(fromAt))}`;
}

/**
 * The periods of a finding for the strip: spans that follow each other without a gap are one, and when its control could judge nothing is one
 * that was not assessed. A time without a snapshot is one of its own, whatever was seen at its ends. Instants are ISO. The strip begins a little before the
 * finding, never before the first snapshot of the cluster: blank would say "absent or passing" of a time that nobody looked at.
 */
export function toHistory(
  { spans, unjudged, silent, firstSeenAt, rememberedSince }: Pick<FindingResponse, "spans" | "unjudged" | "silent" | "firstSeenAt" | "rememberedSince">,
  atAt: string,
  zone: TimeZone,
): History {
  const periods: Period[] = [];
  for (const span of spans) {
    const state = stateOf(span.state);
    if (state === null || span.from.takenAt > atAt) continue;
    const toAt = span.to !== null && span.to.takenAt <= atAt ? span.to.takenAt : null;
    const last = periods.at(-1);
    const follows = last?.toAt === span.from.takenAt;
    const isCarried = follows && (last.isCarried || last.state === "failing");
    if (follows && last.state === state) Object.assign(last, { toAt, cause: span.cause });
    else periods.push({ state, fromAt: span.from.takenAt, toAt, cause: span.cause, isCarried });
  }
  const opened = periods.filter(({ state, isCarried }) => state === "failing" && !isCarried).length;
  const endOf = (index: number): string | null => (periods[index + 1]?.isCarried ? endOf(index + 1) : (periods[index]?.toAt ?? null));
  const at = Date.parse(atAt);
  // While another finding showed the same, nobody saw this one; it is drawn all the same.
  const first = Math.min(Date.parse(firstSeenAt), Date.parse(spans[0]?.from.takenAt ?? firstSeenAt));
  const lead = Math.max(DAY_MS, (at - first) * 0.08);
  const own = periods.map((period, index): HistorySpan => {
    const { state, fromAt, toAt } = period;
    return { state, fromAt, toAt, label: labelOf(period, endOf(index), opened > 1, atAt, zone) };
  });
  const blind = unjudged
    .flatMap(({ from, to }) => withoutPeriods(from.takenAt, to?.takenAt ?? atAt, periods, atAt))
    .map(({ fromAt, toAt }): HistorySpan => {
      const period = { state: "not-assessed", fromAt, toAt: toAt === atAt ? null : toAt, cause: null, isCarried: false } as const;
      return { state: "not-assessed", fromAt, toAt: period.toAt, label: labelOf(period, null, false, atAt, zone) };
    });
  const fromAt = new Date(Math.max(at - SHOWN_DAYS * DAY_MS, first - lead, Date.parse(rememberedSince))).toISOString();
  const unseen = silent
    .map(({ from, to }) => ({ fromAt: from.takenAt, toAt: to.takenAt }))
    .filter((time) => time.toAt > fromAt && time.fromAt < atAt)
    .map((time): HistorySpan => {
      const length = formatDuration(Date.parse(time.toAt) - Date.parse(time.fromAt));
      return { ...time, state: "no-snapshot", label: `${dayOf(new Date(time.fromAt), atAt, zone)}: no snapshot for ${length}` };
    });
  return {
    spans: [...own, ...blind, ...unseen].sort((a, b) => (a.fromAt < b.fromAt ? -1 : 1)),
    opened,
    fixed: periods.filter(({ state, toAt, cause, isCarried }) => (state === "failing" || isCarried) && toAt !== null && cause === "fixed").length,
    endedBy: periods.at(-1)?.cause ?? null,
    fromAt,
  };
}
