import { describe, expect, it } from "vitest";
import type { TrendPoint } from "@/lib/contracts/score";
import { findCapStart } from "./to-reading";

function point(day: number, score: number | null, raw: number): TrendPoint {
  const takenAt = `2026-11-${String(day).padStart(2, "0")}T06:00:00.000Z`;
  return { seq: day, takenAt, layers: [{ layer: "cluster", score, raw, lower: raw, upper: raw, coverage: 1 }] };
}

describe("findCapStart", () => {
  it("dates the cap that holds now, not a higher one before it", () => {
    expect(findCapStart("cluster", [point(8, 88, 88), point(9, 89, 90), point(20, 89, 90), point(21, 69, 88), point(22, 69, 87)])).toEqual({
      score: 69,
      at: "2026-11-21T06:00:00.000Z",
    });
  });

  it("knows no start where the score is free, or not known, at the end", () => {
    expect(findCapStart("cluster", [point(8, 69, 88), point(9, 88, 88)])).toBeNull();
    expect(findCapStart("cluster", [point(8, 69, 88), point(9, null, 88)])).toBeNull();
    expect(findCapStart("cloud", [point(8, 69, 88)])).toBeNull();
    expect(findCapStart("cluster", [])).toBeNull();
  });
});
