import { expect, it } from "vitest";
import { heatTintPercent } from "./heat-tint";

it("tints by the square root of points, within bounds", () => {
  expect([0, 6.5, 26, 90, -1].map(heatTintPercent)).toEqual([2, 30, 58, 58, 2]);
});
