import { expect, it } from "vitest";
import { toCssText } from "./to-css-text";

it("writes a text that cannot end its quotes, its rule or its element", () => {
  expect(toCssText("harbour · snapshot 91")).toBe('"harbour · snapshot 91"');
  expect(toCssText('a"b\\c')).toBe('"a\\22 b\\5c c"');
  expect(toCssText("</style>\n}")).toBe('"\\3c /style\\3e \\a }"');
});
