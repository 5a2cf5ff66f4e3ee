import { describe, expect, test } from "vitest";
import { toHeatRows } from "./heat";
import { scoreLayer } from "./score";
import { control } from "./testing";

describe("the heat map", () => {
  const tally = (c: string, namespace: string, failing: number) => ({
    control: c,
    layer: "container" as const,
    scope: "workload" as const,
    namespace,
    n: 5,
    failing,
    unknown: 0,
    worst: failing ? ("high" as const) : null,
  });

  test("has columns that add up to 100 minus the raw score", () => {
    const controls = [control("a", "high", 3), control("b", "medium", 4)];
    const score = scoreLayer("container", controls);
    const rows = toHeatRows([score], [tally("a", "shop", 3), tally("a", "pay", 0), tally("b", "pay", 4), tally("b", "shop", 0)], new Set());
    expect(rows.reduce((sum, row) => sum + row.points, 0)).toBeCloseTo(100 - (score.raw ?? 0), 9);
    expect(rows.map((row) => row.namespace)).toEqual(["shop", "pay"]);
  });
  test("takes nothing for assessed of which only questions are open, and no namespace for empty of what nobody listed there", () => {
    const blind = { ...tally("a", "blind", 0), n: 0, unknown: 2 };
    const rows = toHeatRows([], [tally("a", "shop", 0), blind, tally("a", "", 0)], new Set(["code"]));
    const told = rows.map(({ namespace, cells }) => [
      namespace,
      ...cells.map(({ layer, isAssessed, isEmpty }) => `${layer}${isAssessed ? " assessed" : ""}${isEmpty ? " empty" : ""}`),
    ]);
    expect(told).toEqual([
      ["", "cloud empty", "cluster empty", "container assessed", "code empty"],
      ["blind", "cloud empty", "cluster empty", "container", "code"],
      ["shop", "cloud empty", "cluster empty", "container assessed", "code"],
    ]);
  });
});
