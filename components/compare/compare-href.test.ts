import { expect, it } from "vitest";
import { compareHref } from "./compare-href";

it("keeps the layer of the picture and the kind of the list, and leaves out what holds anyway", () => {
  expect(compareHref("/c/prod", { layer: null, change: null })).toBe("/c/prod/compare");
  expect(compareHref("/c/prod", { layer: "code", change: null })).toBe("/c/prod/compare?layer=code");
  expect(compareHref("/c/prod", { layer: "code", change: "control-off" })).toBe("/c/prod/compare?layer=code&change=control-off");
});
