import { fc } from "../model/testing-properties";
import { expect, it } from "vitest";
import { toImageText } from "./image-text";

it("keeps plain text, and says typographic signs plainly", () => {
  expect(toImageText("Cluster 49 → 79 – “held”", 80)).toBe('Cluster 49 to 79 - "held"');
});

it("lets no letter through that the font lacks, and is never longer than asked", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 10, max: 60 }),
      (text, max) => /^[\x20-\x7E]*$/.test(toImageText(text, max)) && toImageText(text, max).length <= max,
    ),
  );
});
