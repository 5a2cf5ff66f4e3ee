import { expect, test } from "vitest";
import { readEncoded } from "./read-encoded";

test.each([
  ["shop%2Fcart", "shop/cart"],
  ["shop/cart", "shop/cart"],
  ["100%", "100%"],
  ["%E0%A4%A", "%E0%A4%A"],
])("reads %j", (part, expected) => {
  expect(readEncoded(part)).toBe(expected);
});
