import { expect, it } from "vitest";
import { LAYERS } from "@/lib/model/layer";
import { toHeatMapRows } from "./to-heat-map-rows";

it("says of namespaces that are told together that they cost nothing only where one of them was assessed", () => {
  const heat = Array.from({ length: 15 }, (_, at) => ({
    namespace: `n${at}`,
    points: 0,
    cells: LAYERS.map((layer) => ({
      layer,
      points: 0,
      worst: null,
      isEmpty: layer === "cloud",
      isAssessed: layer === "cluster" || (layer === "container" && at === 14),
    })),
  }));
  const others = toHeatMapRows(heat, "/c/x").at(-1);
  expect(others?.name).toBe("3 others");
  expect(LAYERS.map((layer) => others?.cells[layer].kind)).toEqual(
    LAYERS.map((layer) => ({ cloud: "none", cluster: "points", container: "points", code: "not-assessed" })[layer]),
  );
});
