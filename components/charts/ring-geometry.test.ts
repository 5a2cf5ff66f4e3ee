import { describe, expect, it } from "vitest";
import { findWeakestReadings, intervalWords, type LayerReading, lowestWords, readingName, readingScore, toCentre } from "./layer-reading";
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
    expect(layoutRings([nothing], 272, [])[0]).toMatchObject({ segments: [], notch: null, edge: null });
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
    const [outer, inner] = layoutRings([cloud, cluster], 272, ["cluster"]);
    expect([outer?.radius, outer?.thickness]).toEqual([122.5, 15]);
    expect([inner?.radius, inner?.thickness]).toEqual([97.5, 23]);
    expect(layoutRings([cloud], 136, [])[0]?.thickness).toBe(7.5);
    // However many are the weakest together, within them is as much room.
    const within = (weakest: readonly LayerReading["layer"][]): number => {
      const last = layoutRings([cloud, cluster, nothing], 272, weakest).at(-1);
      return (last?.radius ?? 0) - (last?.thickness ?? 0) / 2;
    };
    expect([within(["cloud", "cluster"]), within(["cloud", "cluster", "container"])]).toEqual(
      [within(["cloud"]), within(["cloud"])].map((room) => expect.closeTo(room, 6)),
    );
  });
  it("has no notch where there is no evidence", () => {
    expect(layoutRings([{ ...cloud, coverage: 0.2 }], 272, [])[0]).toMatchObject({ notch: null, edge: null });
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
    expect(findWeakestReadings([cloud, cluster]).map(({ layer }) => layer)).toEqual(["cluster"]);
    expect(findWeakestReadings([cloud, { ...cluster, coverage: 0.1 }]).map(({ layer }) => layer)).toEqual(["cloud"]);
    expect(findWeakestReadings([{ ...cloud, score: null }])).toEqual([]);
  });
  it("all that are shown at one score are the weakest together, within the rings and for those who hear them", () => {
    const at = (layer: LayerReading["layer"], score: number): LayerReading => ({ ...cloud, layer, score, raw: score });
    const [tied, code] = [[at("cluster", 69.2), at("container", 69), at("cloud", 68.9)] as const, at("code", 80)];
    const say = (...readings: readonly LayerReading[]) => [toCentre(readings), lowestWords(readings)];
    expect(say(at("cloud", 80), tied[0], code)).toEqual([{ value: "69", words: ["Cluster"] }, "; lowest: cluster, 69"]);
    expect(say(...tied, code)).toEqual([{ value: "69", words: ["Cluster", "Container", "Cloud"] }, "; lowest: cluster, container and cloud, 69"]);
    // Four names have no room: they are all that there are.
    expect(say(...tied, at("code", 69))).toEqual([{ value: "69", words: ["all layers"] }, "; lowest: cluster, container, cloud and code, 69"]);
    expect(say({ ...cloud, score: null, coverage: 0.2 })).toEqual([{ value: "?", words: ["no score"] }, ""]);
    expect(say(nothing)).toEqual([{ value: "–", words: ["no score"] }, ""]);
  });
});
