import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LAYERS } from "@/lib/model/layer";
import { HEAT_BOUNDS, heatStep, heatTint } from "./heat-tint";

it("takes one more step each time the points double, and none for what is printed as nothing", () => {
  expect([-1, 0, 0.04, 0.05, 0.49, 0.5, 1, 2, 4, 8, 15.9, 16, 90].map(heatStep)).toEqual([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 6, 7, 7]);
  expect(heatTint("red", 0)).toBe("var(--bg)");
  expect(heatTint("red", 7)).toBe("color-mix(in oklab, red var(--heat-7), var(--bg))");
});

type Colour = readonly [number, number, number];

const CSS = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");
const [LIGHT = "", DARK = ""] = CSS.split("[data-theme=dark]");

function token(css: string, name: string): string {
  return new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? "";
}

/** OKLab of a token that is written as oklch(). */
function colour(css: string, name: string): Colour {
  const [l = 0, c = 0, h = 0] = (token(css, name).match(/[\d.]+/g) ?? []).map(Number);
  return [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
}

/** Relative luminance, as WCAG 2 has it. */
function luminance([l, a, b]: Colour): number {
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const linear = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
  const [red = 0, green = 0, blue = 0] = linear.map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
}

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
