import { expect, test } from "vitest";
import { layOut } from "./lay-out";

const plain = (text: string): string => text;
const marked = (text: string): string => `<${text}>`;
const place = { start: 4, indent: 4, width: 20 };

test("keeps what fits on one line, its parts two spaces apart", () => {
  const parts = [
    { text: "one two", paint: plain },
    { text: "three", paint: marked },
  ];
  expect(layOut(parts, place)).toBe("one two  <three>");
  expect(layOut([...parts, ...parts, ...parts], { ...place, width: Number.POSITIVE_INFINITY })).not.toContain("\n");
});

test("folds between words, and paints each line of a part by itself", () => {
  expect(layOut([{ text: "one two three four five six", paint: marked }], place)).toBe("<one two three>\n    <four five six>");
});

test("keeps a part whole on a line of its own where it has room there", () => {
  const parts = [
    { text: "one two", paint: plain },
    { text: "three four", paint: marked },
  ];
  expect(layOut(parts, place)).toBe("one two\n    <three four>");
});

test("lets a word that is longer than a line stand on its own", () => {
  expect(layOut([{ text: `a ${"x".repeat(30)} b`, paint: plain }], place)).toBe(`a\n    ${"x".repeat(30)}\n    b`);
  expect(layOut([{ text: "x".repeat(30), paint: plain }], place)).toBe("x".repeat(30));
});

test("acts out nothing of what a manifest says: no line is erased, and none is added", () => {
  const parts = [{ text: "web\u001b[2K\u001b[1A \u202e::set-env\n::error\u0007\u009b", paint: marked }];
  const shown = "<web\\u001B[2K\\u001B[1A \\u202E::set-env\\n::error\\u0007\\u009B>";
  expect(layOut(parts, { ...place, width: 200 })).toBe(shown);
  expect(layOut(parts, { ...place, width: Number.POSITIVE_INFINITY })).toBe(shown);
});

test("says no command to a runner of CI, and leaves addresses and headings as they are", () => {
  const show = (text: string): string => layOut([{ text, paint: plain }], { ...place, width: Number.POSITIVE_INFINITY });
  expect(show("::set-output name=a::b  ::error::c")).toBe("\\u003A:set-output name=a::b  \\u003A:error::c");
  expect(show("a##[add-mask]b ##vso[task.setvariable variable=c]d")).toBe("a#\\u0023[add-mask]b #\\u0023vso[task.setvariable variable=c]d");
  for (const text of ["from ::/0 and 0.0.0.0/0", "std::string", "## 1.2", "rules[0]"]) expect(show(text)).toBe(text);
});

test("counts columns, not characters: letters of East Asia and pictures take two, marks none", () => {
  const place = { start: 4, indent: 4, width: 20 };
  expect(layOut([{ text: "漢字漢字 漢字漢字", paint: plain }], place)).toBe("漢字漢字\n    漢字漢字");
  expect(layOut([{ text: "🔥🔥🔥🔥 🔥🔥🔥🔥", paint: plain }], place)).toBe("🔥🔥🔥🔥\n    🔥🔥🔥🔥");
  expect(layOut([{ text: "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 abcdefgh", paint: plain }], place)).not.toContain("\n");
});
