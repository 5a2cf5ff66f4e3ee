import { expect, it } from "vitest";
import { toDiffLines } from "./diff-lines";

it("keeps context round a change and folds the rest", () => {
  const before = "a\nb\nc\nd\ne\n";
  expect(toDiffLines(before, "a\nb\nc\nd\nx\n", 1)).toEqual([
    { kind: "fold", text: "3 lines unchanged" },
    { kind: "same", text: "d" },
    { kind: "del", text: "e" },
    { kind: "add", text: "x" },
  ]);
});

it("equal texts are one folded run", () => {
  expect(toDiffLines("a\n", "a\n")).toEqual([{ kind: "fold", text: "1 line unchanged" }]);
});
