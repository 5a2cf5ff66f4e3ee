import { expect, it } from "vitest";
import { placeLabels } from "./label-rows";

it("labels far apart share the first row", () => {
  const placed = placeLabels(
    [
      { text: "0", at: 0 },
      { text: "49 score", at: 49 },
      { text: "100", at: 100 },
    ],
    1000,
  );
  expect(placed.map((l) => [l.row, l.anchor])).toEqual([
    [0, "start"],
    [0, "middle"],
    [0, "end"],
  ]);
});

it("labels that would touch take further rows, in any width", () => {
  const labels = [
    { text: "68 if what is not assessed fails", at: 68 },
    { text: "78 without cap", at: 78 },
    { text: "81 if what is not assessed passes", at: 81 },
  ];
  for (const width of [240, 390, 1100]) {
    const placed = placeLabels(labels, width);
    const box = placed.map((l) => {
      const w = l.text.length * 6.3;
      const from = l.anchor === "start" ? l.x : l.anchor === "end" ? l.x - w : l.x - w / 2;
      return { row: l.row, from, to: from + w };
    });
    for (const a of box) {
      expect(a.from).toBeGreaterThanOrEqual(-0.01);
      expect(a.to).toBeLessThanOrEqual(width + 0.01);
      for (const b of box) if (a !== b && a.row === b.row) expect(a.to <= b.from || b.to <= a.from).toBe(true);
    }
  }
});

it("two near marks share a row, one label to each side", () => {
  const placed = placeLabels(
    [
      { text: "70 at the last review", at: 70 },
      { text: "71 score", at: 71 },
    ],
    1000,
  );
  expect(placed.map((l) => [l.row, l.anchor])).toEqual([
    [0, "end"],
    [0, "start"],
  ]);
});

it("many labels still never overlap", () => {
  const placed = placeLabels(
    Array.from({ length: 12 }, (_, index) => ({ text: "open for 19 hours", at: index * 8 })),
    400,
  );
  expect(new Set(placed.map((l) => l.row)).size).toBeGreaterThan(1);
});
