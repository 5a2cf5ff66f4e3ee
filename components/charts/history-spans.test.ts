import { expect, it } from "vitest";
import { toStripSpans } from "./history-spans";

it("cuts spans to the strip and drops those outside", () => {
  const spans = toStripSpans(
    [
      { state: "failing", fromAt: "2026-01-01T00:00:00Z", toAt: "2026-01-12T00:00:00Z", label: "early" },
      { state: "not-assessed", fromAt: "2026-01-15T00:00:00Z", toAt: "2026-01-16T00:00:00Z", label: "gap" },
      { state: "failing", fromAt: "2026-01-18T00:00:00Z", toAt: null, label: "open" },
      { state: "failing", fromAt: "2025-01-01T00:00:00Z", toAt: "2025-01-02T00:00:00Z", label: "gone" },
    ],
    "2026-01-10T00:00:00Z",
    "2026-01-20T00:00:00Z",
  );
  expect(spans.map((s) => [s.label, s.left, s.width])).toEqual([
    ["early", 0, 20],
    ["gap", 50, 10],
    ["open", 80, 20],
  ]);
});

it("cuts what lasted through a time without a snapshot there, and keeps what was seen at its ends", () => {
  const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`;
  const unseen = { state: "no-snapshot", fromAt: at(12), toAt: at(16), label: "unseen" } as const;
  const cut = (fromAt: string, toAt: string | null, end = at(20)) =>
    toStripSpans([{ state: "failing", fromAt, toAt, label: "open" }, unseen], at(10), end)
      .filter(({ state }) => state === "failing")
      .map(({ left, width, isRest }) => [left, width, isRest]);
  expect(cut(at(11), at(18))).toEqual([
    [10, 10, false],
    [60, 20, true],
  ]);
  // Seen for the first time before it, or after it; gone when somebody looked again.
  expect(cut(at(12), at(16))).toEqual([[20, 0, false]]);
  expect(cut(at(16), at(18))).toEqual([[60, 20, false]]);
  expect(cut(at(11), at(16))).toEqual([[10, 10, false]]);
  // Still there when somebody looked again, which was the last time so far.
  expect(cut(at(11), null, at(16)).map(([left]) => left)).toEqual([(1 / 6) * 100, 100]);
  // Nobody looked where the strip begins.
  expect(toStripSpans([{ state: "failing", fromAt: at(10), toAt: null, label: "open" }, unseen], at(14), at(18))).toMatchObject([
    { state: "failing", left: 50, width: 50, isRest: false },
    { state: "no-snapshot", left: 0, width: 50 },
  ]);
  expect(toStripSpans([unseen], at(10), at(20))).toMatchObject([{ state: "no-snapshot", left: 20, width: 40 }]);
});
