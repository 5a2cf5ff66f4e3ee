import { expect, it } from "vitest";
import { headLine, isTwoLines } from "./head-line";

it("keeps heads of short names, or of none, at their least height", () => {
  expect(headLine([])).toBe(17);
  expect(headLine(["shop", "a-name-that-has-34-characters-here"])).toBe(17);
});

it("has room for the longest name that a namespace can have on two lines", () => {
  expect(headLine(["shop", "x".repeat(35)])).toBe(18);
  expect(headLine(["x".repeat(63), "shop"])).toBe(32);
  expect(["x".repeat(17), "x".repeat(18)].map(isTwoLines)).toEqual([false, true]);
});
