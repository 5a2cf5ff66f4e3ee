import { expect, it } from "vitest";
import { eventSides, shareLabels } from "./event-sides";

const mark = (x: number, width: number) => ({ first: x, last: x, width });

it("puts a label behind its mark, before it where the next mark or the edge is near, and leaves it out where neither has room", () => {
  expect(eventSides([mark(0, 60)], -40, 600)).toEqual(["start"]);
  expect(eventSides([mark(0, 60), mark(200, 100), mark(230, 100), mark(250, 100)], -40, 600)).toEqual(["start", "end", null, "start"]);
});

it("draws no label beyond the picture", () => {
  expect(eventSides([mark(500, 170)], -40, 600)).toEqual(["end"]);
});

it("keeps a label that several marks share off all of them", () => {
  expect(eventSides([{ first: 200, last: 260, width: 100 }, mark(500, 100)], -40, 600)).toEqual(["start", "start"]);
  expect(eventSides([{ first: 200, last: 260, width: 100 }, mark(300, 100)], -40, 600)).toEqual(["end", "start"]);
  expect(eventSides([{ first: 90, last: 560, width: 100 }], -40, 600)).toEqual(["end"]);
});

it("says in one label what stands too close for labels of its own", () => {
  const groups = shareLabels(
    [
      { x: 0, label: "First scan" },
      { x: 200, label: "Coverage changed" },
      { x: 230, label: "Kubernetes 1.35" },
      { x: 250, label: "Coverage changed" },
      { x: 500, label: "Coverage changed" },
    ],
    () => 100,
  );
  expect(groups.map(({ label, events }) => [label, events.length])).toEqual([
    ["First scan", 1],
    ["Coverage changed 2 times, Kubernetes 1.35", 3],
    ["Coverage changed", 1],
  ]);
});
