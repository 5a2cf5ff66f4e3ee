import { expect, it } from "vitest";
import { baselineInstant } from "./baseline";

it("the baseline lies seven days before the moment that is shown", () => {
  expect(baselineInstant(new Date("2026-11-24T06:00:00Z")).toISOString()).toBe("2026-11-17T06:00:00.000Z");
});
