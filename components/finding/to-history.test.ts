import { expect, it } from "vitest";
import type { FindingResponse } from "@/lib/contracts/findings";
import { toHistory } from "./to-history";

const day = (n: number): string => `2026-11-${String(n).padStart(2, "0")}T06:00:00.000Z`;
const span = (
  from: number,
  to: number | null,
  state: FindingResponse["spans"][number]["state"] = "open",
  cause: string | null = null,
): FindingResponse["spans"][number] => ({
  from: { seq: from, takenAt: day(from) },
  to: to === null ? null : { seq: to, takenAt: day(to) },
  state,
  severity: "high",
  cause,
});

const silence = (from: number, to: number): FindingResponse["silent"][number] => ({
  from: { seq: from, takenAt: day(from) },
  to: { seq: from + 1, takenAt: day(to) },
});

const historyOf = (spans: FindingResponse["spans"], firstSeenAt: string, rememberedSince: string, atAt: string, unjudged: FindingResponse["unjudged"] = []) =>
  toHistory({ spans, unjudged, silent: [], firstSeenAt, rememberedSince }, atAt, "UTC");

it("joins what follows without a gap, and counts openings and fixes", () => {
  const history = historyOf([span(1, 3, "open", "changed"), span(3, 5, "open", "fixed"), span(9, null)], day(1), day(1), day(20));
  expect(history).toMatchObject({ opened: 2, fixed: 1, endedBy: null });
  expect(history.spans.map(({ label }) => label)).toEqual(["1 Nov: open for 4 days", "9 Nov: reopened"]);
});

it("begins before what another finding showed at first", () => {
  const { spans, fromAt } = historyOf([span(10, 12, "covered"), span(12, null)], day(12), day(1), day(20));
  expect(spans).toMatchObject([{ state: "failing", fromAt: day(10) }]);
  expect(fromAt).toBe(day(9));
});

it("shows nothing later than the moment of the page", () => {
  const history = historyOf([span(1, 10, "open", "fixed"), span(15, null)], day(1), day(1), day(5));
  expect(history).toMatchObject({ opened: 1, fixed: 0 });
  expect(history.spans).toMatchObject([{ toAt: null }]);
});

it("hatches what was not assessed and leaves exceptions blank", () => {
  expect(historyOf([span(1, 2, "unknown"), span(2, 4, "waived")], day(1), day(1), day(5)).spans).toMatchObject([
    { state: "not-assessed", label: "1 Nov: not assessed" },
  ]);
});

it("hatches what was open and could not be assessed, as one opening with what came before and after", () => {
  const read = historyOf([span(1, 4, "open", "not-assessed"), span(4, 8, "not-assessed", "reread"), span(8, null)], day(1), day(1), day(20));
  expect(read.spans.map(({ state, label }) => `${state}, ${label}`)).toEqual([
    "failing, open since 1 Nov",
    "not-assessed, 4 Nov: not assessed",
    "failing, 8 Nov: assessed again",
  ]);
  expect(read).toMatchObject({ opened: 1, fixed: 0 });
  const fixed = historyOf([span(1, 4, "open", "not-assessed"), span(4, 8, "not-assessed", "fixed")], day(1), day(1), day(20));
  expect(fixed.spans.map(({ label }) => label)).toEqual(["1 Nov: open for 7 days", "4 Nov: not assessed"]);
  expect(fixed).toMatchObject({ opened: 1, fixed: 1, endedBy: "fixed" });
  const lost = historyOf([span(1, 4, "open", "not-assessed"), span(4, null, "not-assessed")], day(1), day(1), day(6));
  expect(lost.spans.map(({ label }) => label)).toEqual(["open since 1 Nov", "not assessed since 4 Nov"]);
  expect(historyOf([span(1, 2, "unknown", "fixed")], day(1), day(1), day(5))).toMatchObject({ opened: 0, fixed: 0 });
});

it("begins before the finding, where nothing failed, but never before the first snapshot, of which nothing is known", () => {
  const fromAt = (firstSeen: number, remembered: number): string => historyOf([span(firstSeen, null)], day(firstSeen), day(remembered), day(20)).fromAt;
  expect(fromAt(10, 1) < day(10)).toBe(true);
  expect(fromAt(1, 1)).toBe(day(1));
});

it("names the year of what began in another one", () => {
  const since = "2025-11-03T06:00:00.000Z";
  const old = { ...span(1, null), from: { seq: 1, takenAt: since } };
  expect(historyOf([old], since, since, day(5)).spans.map(({ label }) => label)).toEqual(["open since 3 Nov 2025"]);
  expect(historyOf([span(2, null)], day(2), day(1), day(5)).spans.map(({ label }) => label)).toEqual(["open since 2 Nov"]);
});

it("hatches when its control judged nothing, where no period of its own says what it was", () => {
  const blind = [span(4, 12), span(15, null)];
  const read = historyOf([span(1, 6, "open", "resource-gone"), span(9, 10, "open", "fixed")], day(1), day(1), day(20), blind);
  expect(read.spans.map(({ state, fromAt, toAt, label }) => `${state} ${fromAt.slice(8, 10)} to ${toAt?.slice(8, 10) ?? "now"}, ${label}`)).toEqual([
    "failing 01 to 06, 1 Nov: open for 5 days",
    "not-assessed 06 to 09, 6 Nov: not assessed",
    "failing 09 to 10, 9 Nov: open for 1 day",
    "not-assessed 10 to 12, 10 Nov: not assessed",
    "not-assessed 15 to now, not assessed since 15 Nov",
  ]);
  expect(read).toMatchObject({ opened: 2, fixed: 1 });
});

it("tells the times without a snapshot that the strip shows, whatever was seen at their ends", () => {
  const finding = {
    spans: [span(10, null)],
    unjudged: [],
    silent: [silence(1, 5), silence(8, 10), silence(12, 18)],
    firstSeenAt: day(10),
    rememberedSince: day(1),
  };
  const { spans, fromAt, opened } = toHistory(finding, day(20), "UTC");
  expect(spans.map(({ state, label }) => `${state}, ${label}`)).toEqual([
    "no-snapshot, 8 Nov: no snapshot for 2 days",
    "failing, open since 10 Nov",
    "no-snapshot, 12 Nov: no snapshot for 6 days",
  ]);
  expect([fromAt, opened]).toEqual([day(9), 1]);
});
