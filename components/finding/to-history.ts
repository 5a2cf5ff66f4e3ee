import type { FindingResponse } from "@/lib/contracts/findings";
import { formatDate, formatDay } from "@/lib/format/instant";
import { formatDuration } from "@/lib/format/relative-time";
import type { HistorySpan } from "../charts/history-spans";

interface History {
  readonly spans: readonly HistorySpan[];
  readonly opened: number;
  readonly fixed: number;
  readonly fromAt: string;
}

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 90;

const stateOf = (state: FindingResponse["spans"][number]["state"]): HistorySpan["state"] | null =>
  state === "open" || state === "manual" ? "failing" : state === "unknown" || state === "not-assessed" ? "not-assessed" : null;

function labelOf(state: HistorySpan["state"], from: string, to: string | null, isAgain: boolean, atAt: string): string {
  const day = (from.slice(0, 4) === atAt.slice(0, 4) ? formatDay : formatDate)(new Date(from));
  if (state === "not-assessed") return to === null ? `${day}: not assessed since` : `${day}: not assessed`;
  if (to === null) return isAgain ? `${day}: reopened` : `${day}: open since`;
  return `${day}: open for ${formatDuration(Date.parse(to) - Date.parse(from))}`;
}

/**
 * The periods of a finding for the strip: spans that follow each other without a gap are one. Instants are ISO. The strip begins a little before
 * the finding, never before the first snapshot of the cluster: blank would say "absent or passing" of a time that nobody looked at.
 */
export function toHistory(spans: FindingResponse["spans"], firstSeenAt: string, rememberedSince: string, atAt: string): History {
  const periods: { state: HistorySpan["state"]; fromAt: string; toAt: string | null; cause: string | null }[] = [];
  for (const span of spans) {
    const state = stateOf(span.state);
    if (state === null || span.from.takenAt > atAt) continue;
    const toAt = span.to !== null && span.to.takenAt <= atAt ? span.to.takenAt : null;
    const last = periods.at(-1);
    if (last?.state === state && last.toAt === span.from.takenAt) Object.assign(last, { toAt, cause: span.cause });
    else periods.push({ state, fromAt: span.from.takenAt, toAt, cause: span.cause });
  }
  const failing = periods.filter(({ state }) => state === "failing");
  const at = Date.parse(atAt);
  const first = Date.parse(firstSeenAt);
  const lead = Math.max(DAY_MS, (at - first) * 0.08);
  return {
    spans: periods.map(({ state, fromAt, toAt }) => ({ state, fromAt, toAt, label: labelOf(state, fromAt, toAt, failing.length > 1, atAt) })),
    opened: failing.length,
    fixed: failing.filter(({ toAt, cause }) => toAt !== null && cause === "fixed").length,
    fromAt: new Date(Math.max(at - SHOWN_DAYS * DAY_MS, first - lead, Date.parse(rememberedSince))).toISOString(),
  };
}
