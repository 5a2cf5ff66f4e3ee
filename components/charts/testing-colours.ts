import { readFileSync } from "node:fs";

/** OKLab. */
export type Colour = readonly [number, number, number];

const CSS = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");
export const [LIGHT = "", DARK = ""] = CSS.split("[data-theme=dark]");

/** The value of a token in the CSS of one theme; "" = it has none. */
export function token(css: string, name: string): string {
  return new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? "";
}

/** OKLab of a token that is written as oklch(). */
export function colour(css: string, name: string): Colour {
  const [l = 0, c = 0, h = 0] = (token(css, name).match(/[\d.]+/g) ?? []).map(Number);
  return [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
}

/** Linear sRGB, within its bounds. */
function toLinear([l, a, b]: Colour): Colour {
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
  return linear.map((value) => Math.min(1, Math.max(0, value))) as unknown as Colour;
}

/** Relative luminance of linear sRGB, as WCAG 2 has it. */
const luminance = ([red, green, blue]: Colour): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

type Eye = (linear: Colour) => Colour;

/** What is left of linear sRGB to who lacks the cones for red (Machado, Oliveira and Fernandes 2009, as browsers simulate it). */
export const protanope: Eye = ([red, green, blue]) => [
  0.152286 * red + 1.052583 * green - 0.204868 * blue,
  0.114503 * red + 0.786281 * green + 0.099216 * blue,
  -0.003882 * red - 0.048116 * green + 1.051998 * blue,
];

/** Ratio of contrast, 1 to 21, as WCAG 2 has it, to most people or to the eye that is given. */
export function contrast(a: Colour, b: Colour, eye: Eye = (linear) => linear): number {
  const [x, y] = [luminance(eye(toLinear(a))) + 0.05, luminance(eye(toLinear(b))) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
}
