import { fc } from "../model/testing-properties";
import { expect, it } from "vitest";
import { countCpuMs } from "../model/testing-cpu-ms";
import { type DiffLine, toDiffLines } from "./diff-lines";

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

/** A list of so many entries of four lines each. */
const entries = (count: number, more = "") => Array.from({ length: count }, (_, i) => `- name: c${i}\n  image: app\n  ports: []\n${more}`).join("");
const sides = (lines: readonly DiffLine[], other: "add" | "del") => lines.filter(({ kind }) => kind !== other && kind !== "fold").map(({ text }) => text);

it("finds many changes as it finds few, and shows the first of them", () => {
  const cpuMs = countCpuMs();
  const lines = toDiffLines(entries(2_000), entries(2_000, "  mode: safe\n"));
  expect(cpuMs()).toBeLessThan(2_000);
  expect(lines).toHaveLength(401);
  expect(lines.slice(0, 400)).toEqual(toDiffLines(entries(150), entries(150, "  mode: safe\n")).slice(0, 400));
  expect(lines.at(-1)).toEqual({ kind: "fold", text: "1900 more changed lines in the patch" });
});

it("leads from the one text to the other, however they differ", () => {
  const word = fc.constantFrom("a", "b", "c", "d", "e");
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.array(word, { minLength: 1, maxLength: 30 }), fc.boolean(), (x, y, isLong) => {
      // Changed in so many places that the search for the shortest way gives up.
      const spread = (words: readonly string[], more: readonly string[]) =>
        Array.from({ length: 120 }, (_, i) => [`one ${i}`, `two ${i}`, `three ${i}`, words[i % words.length] ?? "", ...more]).flat();
      const [before, after] = isLong ? [spread(x, []), spread(y, ["new", "newer"])] : [x, y];
      fc.pre(before.join() !== after.join());
      const lines = toDiffLines(before.join("\n"), after.join("\n"), 1_000);
      const [left, right] = [sides(lines, "add"), sides(lines, "del")];
      // Of a long one the first 400 lines are shown.
      if (isLong) expect(left.length + right.length).toBeGreaterThan(400);
      expect([left, right]).toEqual(isLong ? [before.slice(0, left.length), after.slice(0, right.length)] : [before, after]);
    }),
  );
});
