import { expect, test } from "vitest";
import { parseLines } from "./parse-lines";

test("each line is one entry, once", () => {
  expect(parseLines("")).toEqual([]);
  expect(parseLines(" a.example \r\n\n b.example\na.example\n")).toEqual(["a.example", "b.example"]);
});
