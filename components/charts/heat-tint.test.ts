import { describe, expect, it } from "vitest";
import { LAYERS } from "@/lib/model/layer";
import { HEAT_BOUNDS, heatStep, heatTint } from "./heat-tint";
import { type Colour, colour, contrast, DARK, LIGHT, token } from "./testing-colours";

it("takes one more step each time the points double, and none for what is printed as nothing", () => {
  expect([-1, 0, 0.04, 0.05, 0.49, 0.5, 1, 2, 4, 8, 15.9, 16, 90].map(heatStep)).toEqual([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 6, 7, 7]);
  expect(heatTint("red", 0)).toBe("var(--bg)");
  expect(heatTint("red", 7)).toBe("color-mix(in oklab, red var(--heat-7), var(--bg))");
});

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("the tints of the %s theme", (_, css) => {
  const ground = colour(css, "bg");
  it.each(LAYERS)("of %s can be told from their neighbours, and figures on each can be read", (layer) => {
    const mark = colour(css, `layer-${layer}`);
    const cells = [0, ...HEAT_BOUNDS.map((_bound, at) => Number.parseFloat(token(css, `heat-${at + 1}`)))].map(
      (percent): Colour => [0, 1, 2].map((at) => (mark[at] ?? 0) * (percent / 100) + (ground[at] ?? 0) * (1 - percent / 100)) as unknown as Colour,
    );
    for (const [at, cell] of cells.entries()) {
      expect(contrast(colour(css, "ink"), cell), `figures on step ${at}`).toBeGreaterThanOrEqual(4.5);
      const before = cells[at - 1];
      if (before) expect(Math.hypot(...cell.map((value, axis) => value - (before[axis] ?? 0))), `step ${at} from the one before`).toBeGreaterThan(0.025);
    }
  });
});
