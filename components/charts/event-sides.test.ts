import { expect, it } from "vitest";
import { eventSides } from "./event-sides";

it("puts a label behind its mark, before it where the next mark or the edge is near, and leaves it out where neither has room", () => {
  expect(eventSides([{ x: 0, width: 60 }], -40, 600)).toEqual(["start"]);
  expect(
    eventSides(
      [
        { x: 0, width: 60 },
        { x: 200, width: 100 },
        { x: 230, width: 100 },
        { x: 250, width: 100 },
      ],
      -40,
      600,
    ),
  ).toEqual(["start", "end", null, "start"]);
});

it("draws no label beyond the picture", () => {
  expect(eventSides([{ x: 500, width: 170 }], -40, 600)).toEqual(["end"]);
});
