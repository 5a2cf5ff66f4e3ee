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
