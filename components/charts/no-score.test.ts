import { describe, expect, it } from "vitest";
import { whyNoScore } from "./no-score";
import type { TrendPoint, TrendSeries } from "./trend-series";

const point = (score: number | null, isEmpty?: boolean): TrendPoint => ({
  seq: 1,
  at: "2026-11-01T06:00:00.000Z",
  score,
  raw: score,
  lower: score,
  upper: score,
  coverage: score === null ? null : 1,
  ...(isEmpty === undefined ? {} : { isEmpty }),
});
const series = (...points: TrendPoint[]): TrendSeries => ({ layer: "code", points, silent: [] });

describe("a trend without a score", () => {
  it("is drawn as soon as one layer had one", () => {
    expect(whyNoScore([series(point(null)), series(point(null), point(71))])).toBeNull();
  });

  it("says that too little could be assessed, and not that there was nothing", () => {
    expect(whyNoScore([series(point(null, true)), series(point(null))])?.kind).toBe("not-assessed");
  });

  it("says that there was nothing to judge where that is so of all", () => {
    expect(whyNoScore([series(point(null, true)), series(point(null, true))])?.kind).toBe("empty");
  });
});
