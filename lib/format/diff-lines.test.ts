import fc from "fast-check";
import { expect, it } from "vitest";
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
  const startedMs = performance.now();
  const lines = toDiffLines(entries(2_000), entries(2_000, "  mode: safe\n"));
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(lines).toHaveLength(401);
  expect(lines.slice(0, 400)).toEqual(toDiffLines(entries(150), entries(150, "  mode: safe\n")).slice(0, 400));
  expect(lines.at(-1)).toEqual({ kind: "fold", text: "1900 more changed lines in the patch" });
});

it("leads from the one text to the other, however they differ", () => {
  const word = fc.constantFrom("a", "b", "c", "d", "e");
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.array(word, { minLength: 1, maxLength: 30 }), fc.boolean(), (x, y, isLong) => {
      // What differs at length in front makes the search give up.
      const [before, after] = isLong
        ? [
            [...Array<string>(150).fill("x"), ...x],
            [...Array<string>(150).fill("y"), ...y],
          ]
        : [x, y];
      fc.pre(before.join() !== after.join());
      const lines = toDiffLines(before.join("\n"), after.join("\n"), 1_000);
      expect([sides(lines, "add"), sides(lines, "del")]).toEqual([before, after]);
    }),
  );
});
