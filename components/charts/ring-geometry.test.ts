import { describe, expect, it } from "vitest";
import { findWeakestReading, intervalWords, type LayerReading, readingName, readingScore } from "./layer-reading";
import { arcPath, layoutRings, pointAt, toSegments } from "./ring-geometry";

const cloud: LayerReading = { layer: "cloud", score: 71, raw: 71, lower: 50.4, upper: 79.4, capped: false, coverage: 0.71, previous: 70.4 };
const cluster: LayerReading = { layer: "cluster", score: 49, raw: 78.4, lower: 68.2, upper: 81.2, capped: true, coverage: 0.87, previous: 81.2 };
const nothing: LayerReading = { ...cloud, layer: "container", score: null, raw: null, lower: 0, upper: 100, coverage: 1 };

describe("ring segments", () => {
  it("an open layer is solid, striped up to its score, hatched up to the upper bound", () => {
    expect(toSegments(cloud)).toEqual([
      { from: 0, to: 50.4, paint: "solid" },
      { from: 50.4, to: 71, paint: "striped" },
      { from: 71, to: 79.4, paint: "hatch" },
    ]);
  });
  it("a capped layer is solid to the cap, tinted to the lower bound, hatched to the upper", () => {
    expect(toSegments(cluster).map((s) => [s.from, s.to, s.paint])).toEqual([
      [0, 49, "solid"],
      [49, 68.2, "tint"],
      [68.2, 81.2, "hatch"],
    ]);
  });
  it("a cap between the bounds leaves no tint and no overlap", () => {
    expect(toSegments({ ...cluster, score: 69 }).map((s) => [s.from, s.to, s.paint])).toEqual([
      [0, 69, "solid"],
      [69, 81.2, "hatch"],
    ]);
  });
  it("under 60 % coverage nothing is solid", () => {
    expect(toSegments({ ...cloud, coverage: 0.59 })).toEqual([{ from: 0, to: 100, paint: "hatch" }]);
    expect(toSegments({ ...cloud, score: null, coverage: 0.59 })).toEqual([{ from: 0, to: 100, paint: "hatch" }]);
  });
  it("with nothing to judge the track stays empty: nothing was won, and nothing missed", () => {
    expect(toSegments(nothing)).toEqual([]);
    expect(layoutRings([nothing], 272, null)[0]).toMatchObject({ segments: [], notch: null, edge: null });
  });
  it("an excluded layer draws nothing but its outline", () => {
    expect(toSegments({ ...cloud, excluded: true })).toEqual([]);
  });
  it("full coverage has neither stripes nor hatch", () => {
    expect(toSegments({ ...cloud, lower: 71, upper: 71, coverage: 1 })).toEqual([{ from: 0, to: 71, paint: "solid" }]);
  });
});

describe("ring layout", () => {
  it("draws outside in with the weakest thicker, and scales", () => {
    const [outer, inner] = layoutRings([cloud, cluster], 272, "cluster");
    expect([outer?.radius, outer?.thickness]).toEqual([122.5, 15]);
    expect([inner?.radius, inner?.thickness]).toEqual([97.5, 23]);
    expect(layoutRings([cloud], 136, null)[0]?.thickness).toBe(7.5);
  });
  it("has no notch where there is no evidence", () => {
    expect(layoutRings([{ ...cloud, coverage: 0.2 }], 272, null)[0]).toMatchObject({ notch: null, edge: null });
  });
  it("runs clockwise from twelve o'clock", () => {
    expect(pointAt(50, 40, 0)).toEqual({ x: 50, y: 10 });
    expect(pointAt(50, 40, 25)).toEqual({ x: 90, y: 50 });
    expect(arcPath(50, 40, 0, 25)).toBe("M50 10A40 40 0 0 1 90 50");
    expect(arcPath(50, 40, 0, 75)).toContain(" 0 1 1 ");
    expect(arcPath(50, 40, 0, 100)).not.toMatch(/1 50 10$/);
  });
});

describe("words of a reading", () => {
  it("names score, interval, coverage and way", () => {
    expect(readingName(cluster)).toBe("Cluster, 49, at cap, coverage 87 %, down 32");
    expect(readingName(cloud)).toBe("Cloud, 71, between 50 and 79, coverage 71 %, up 1");
    expect(readingName({ ...cloud, coverage: 0.2, previous: null })).toBe("Cloud, not enough evidence, coverage 20 %");
    expect(readingName(nothing)).toBe("Container, nothing to judge");
    expect(intervalWords({ ...cloud, excluded: true })).toBe("excluded");
  });
  it("has one sign for what could not be judged, another where there is nothing to judge", () => {
    expect([cluster, nothing, { ...cloud, score: null, coverage: 0.59 }, { ...cloud, coverage: 0.2 }].map(readingScore)).toEqual(["49", "–", "?", "?"]);
  });
  it("the weakest layer is one with evidence", () => {
    expect(findWeakestReading([cloud, cluster])?.layer).toBe("cluster");
    expect(findWeakestReading([cloud, { ...cluster, coverage: 0.1 }])?.layer).toBe("cloud");
    expect(findWeakestReading([{ ...cloud, score: null }])).toBeNull();
  });
});
