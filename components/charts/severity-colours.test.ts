import { describe, expect, it } from "vitest";
import { colour, contrast, DARK, LIGHT, protanope } from "./testing-colours";

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("severities of the %s theme", (_, css) => {
  const ground = colour(css, "bg");
  it.each(["critical", "high"])("%s: its mark is seen and its word is read, by who sees no red too", (severity) => {
    const [mark, word] = [colour(css, `sev-${severity}`), colour(css, `sev-${severity}-ink`)];
    for (const eye of [undefined, protanope]) {
      expect(contrast(mark, ground, eye)).toBeGreaterThanOrEqual(3.5);
      expect(contrast(word, ground, eye)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("critical is no calmer a word than high, whoever reads it", () => {
    for (const eye of [undefined, protanope]) {
      const [critical, high] = ["critical", "high"].map((severity) => contrast(colour(css, `sev-${severity}-ink`), ground, eye));
      expect(critical).toBeGreaterThanOrEqual(0.95 * (high ?? 0));
    }
  });
});
