import { expect, it } from "vitest";
import { foldLines } from "./fold-lines";

const text = (count: number): string => Array.from({ length: count }, (_, i) => `l${i + 1}`).join("\n");
const shape = (count: number, marks: readonly number[]) =>
  foldLines(text(count), marks).map((part) =>
    part.kind === "fold" ? `fold ${part.first}+${part.count}` : `${part.first}..${part.first + part.lines.length - 1}`,
  );

it("shows a short object whole", () => expect(shape(40, [])).toEqual(["1..40"]));

it("keeps the head and what is round the marks", () => expect(shape(100, [50])).toEqual(["1..2", "fold 3+43", "46..54", "fold 55+46"]));

it("folds no gap that is hardly longer than the words about it", () => expect(shape(100, [10])).toEqual(["1..14", "fold 15+86"]));

it("loses no line", () => {
  for (const marks of [[1], [100], [30, 70], [5, 41]]) {
    expect(foldLines(text(100), marks).reduce((sum, part) => sum + (part.kind === "fold" ? part.count : part.lines.length), 0)).toBe(100);
  }
});
