import { expect, it } from "vitest";
import { findDay } from "./find-day";

it("tells the day of a demo that is being made, also between two days, until it is whole or stopped", () => {
  expect(findDay("running", 0, 91)).toEqual({ seq: 1, of: 91 });
  expect(findDay("done", 36, 91)).toEqual({ seq: 37, of: 91 });
  expect(findDay("running", 36, 91)).toEqual({ seq: 37, of: 91 });
  expect(findDay("done", 91, 91)).toBeNull();
  expect(findDay("cancelled", 36, 91)).toBeNull();
  expect(findDay("failed", 36, 91)).toBeNull();
  expect(findDay("running", 36, null)).toBeNull();
});
