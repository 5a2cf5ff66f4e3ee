import { expect, it } from "vitest";
import { nextCell } from "./next-cell";

const heights = [3, 1, 4];

it("moves in a column, and to the same height or the last cell of the next one", () => {
  expect(nextCell(heights, { column: 0, row: 0 }, "ArrowDown")).toEqual({ column: 0, row: 1 });
  expect(nextCell(heights, { column: 2, row: 3 }, "ArrowUp")).toEqual({ column: 2, row: 2 });
  expect(nextCell(heights, { column: 0, row: 2 }, "ArrowRight")).toEqual({ column: 1, row: 0 });
  expect(nextCell(heights, { column: 2, row: 1 }, "ArrowLeft")).toEqual({ column: 1, row: 0 });
  expect(nextCell(heights, { column: 2, row: 1 }, "End")).toEqual({ column: 2, row: 3 });
  expect(nextCell(heights, { column: 2, row: 1 }, "Home")).toEqual({ column: 2, row: 0 });
});

it("stays at the edges, and leaves other keys and other places alone", () => {
  expect(nextCell(heights, { column: 0, row: 2 }, "ArrowDown")).toBeNull();
  expect(nextCell(heights, { column: 0, row: 0 }, "ArrowUp")).toBeNull();
  expect(nextCell(heights, { column: 2, row: 0 }, "ArrowRight")).toBeNull();
  expect(nextCell(heights, { column: 0, row: 0 }, "Tab")).toBeNull();
  expect(nextCell(heights, { column: -1, row: -1 }, "ArrowDown")).toBeNull();
});
