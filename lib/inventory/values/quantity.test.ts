import { expect, test } from "vitest";
import { isAmountSet, parseQuantity } from "./quantity";

test.each<[unknown, number | null]>([
  ["250m", 0.25],
  ["64Mi", 67108864],
  ["1e3", 1000],
  ["1.5Gi", 1610612736],
  ["2k", 2000],
  [3, 3],
  ["64MB", null],
  ["", null],
  [null, null],
  [{}, null],
])("%s is %s", (value, expected) => {
  expect(parseQuantity(value)).toBe(expected);
});

test("zero, in any unit, is not set", () => {
  expect([isAmountSet("0"), isAmountSet(0), isAmountSet("0Mi"), isAmountSet(undefined), isAmountSet("1Mi")]).toEqual([false, false, false, false, true]);
});
