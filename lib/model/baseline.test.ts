import { expect, it } from "vitest";
import { baselineInstant, baselineWords } from "./baseline";

const shown = new Date("2026-11-24T06:00:00Z");

it("the baseline lies seven days before the moment that is shown", () => {
  expect(baselineInstant(shown).toISOString()).toBe("2026-11-17T06:00:00.000Z");
});

it("its words say whether the history reaches back that far", () => {
  expect(baselineWords(new Date("2026-11-17T06:00:00Z"), shown)).toBe("seven days before");
  expect(baselineWords(new Date("2026-11-17T06:00:01Z"), shown)).toBe("first snapshot");
});
