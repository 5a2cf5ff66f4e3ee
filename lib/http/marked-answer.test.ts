import { expect, test } from "vitest";
import { isKnownTo } from "./marked-answer";

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", W/"a"', true],
  ["*", true],
  ['"b"', false],
  ["a", false],
  ["", false],
])('a caller who says %s has the answer marked "a": %s', (said, isKnown) => {
  expect(isKnownTo(new Request("http://localhost", { headers: { "if-none-match": said } }), '"a"')).toBe(isKnown);
});
