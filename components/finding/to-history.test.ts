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

it("joins what follows without a gap, and counts openings and fixes", () => {
  const history = toHistory([span(1, 3, "open", "changed"), span(3, 5, "open", "fixed"), span(9, null)], day(1), day(20));
  expect(history).toMatchObject({ opened: 2, fixed: 1 });
  expect(history.spans.map(({ label }) => label)).toEqual(["1 Nov: open for 4 days", "9 Nov: reopened"]);
});

it("shows nothing later than the moment of the page", () => {
  const history = toHistory([span(1, 10, "open", "fixed"), span(15, null)], day(1), day(5));
  expect(history).toMatchObject({ opened: 1, fixed: 0 });
  expect(history.spans).toMatchObject([{ toAt: null }]);
});

it("hatches what was not assessed and leaves exceptions blank", () => {
  expect(toHistory([span(1, 2, "unknown"), span(2, 4, "waived")], day(1), day(5)).spans).toMatchObject([
    { state: "not-assessed", label: "1 Nov: not assessed" },
  ]);
});
