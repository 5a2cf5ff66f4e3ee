import { expect, it } from "vitest";
import { cutLines, foldLines, type YamlPart } from "./fold-lines";

const text = (count: number): string => Array.from({ length: count }, (_, i) => `l${i + 1}`).join("\n");
const sizeOf = (part: YamlPart): number => (part.kind === "fold" ? part.count : part.lines.length);
const shape = (count: number, marks: readonly number[], whole?: number) =>
  foldLines(text(count), marks, whole).map((part) =>
    part.kind === "fold" ? `fold ${part.first}+${part.count}` : `${part.first}..${part.first + part.lines.length - 1}`,
  );

it("shows a short object whole", () => expect(shape(40, [])).toEqual(["1..40"]));

it("keeps the head and what is round the marks", () => expect(shape(100, [50])).toEqual(["1..2", "fold 3+43", "46..54", "fold 55+46"]));

it("folds no gap that is hardly longer than the words about it", () => expect(shape(100, [10])).toEqual(["1..14", "fold 15+86"]));

it("loses no line", () => {
  for (const marks of [[1], [100], [30, 70], [5, 41]]) {
    expect(foldLines(text(100), marks).reduce((sum, part) => sum + sizeOf(part), 0)).toBe(100);
  }
});

it("folds only what is longer than it is asked to show whole", () => {
  expect(shape(100, [], 100)).toEqual(["1..100"]);
  expect(shape(101, [], 100)).toEqual(["1..2", "fold 3+99"]);
});

it("draws two thousand lines at most when every line is marked, with the others in one fold", () => {
  const all = Array.from({ length: 9_000 }, (_, i) => i + 1);
  expect(shape(9_000, all)).toEqual(["1..2000", "fold 2001+7000"]);
  const spread = shape(
    90_000,
    all.map((line) => line * 10),
  );
  expect(spread.at(-1)).toMatch(/^fold 2\d{3}\+8\d{4}$/);
  expect(spread.length).toBeLessThan(3_000);
});

it("cuts out a stretch that a page can draw, and says how much is before and after it", () => {
  const cut = (count: number, from: number) => cutLines(text(count), from).map((part) => `${part.kind} ${part.first}+${sizeOf(part)}`);
  expect(cut(5_000, 1)).toEqual(["lines 1+2000", "fold 2001+3000"]);
  expect(cut(5_000, 2_001)).toEqual(["fold 1+2000", "lines 2001+2000", "fold 4001+1000"]);
  expect(cut(5_000, 4_001)).toEqual(["fold 1+4000", "lines 4001+1000"]);
  expect(cut(5_000, 9_999)).toEqual(["fold 1+4999", "lines 5000+1"]);
  expect(cut(2_000, 7)).toEqual(["lines 1+2000"]);
});
