import { expect, it } from "vitest";
import { stepCell } from "./step-cell";

const size = { rows: 3, columns: 3 };
const has = (row: number, column: number) => !(row === 0 && column === 0) && !(row === 1 && column === 1);

it("moves by one cell, past cells that are not there, and stops at the edge", () => {
  expect(stepCell("ArrowRight", [0, 1], size, has)).toEqual([0, 2]);
  expect(stepCell("ArrowRight", [1, 0], size, has)).toEqual([1, 2]);
  expect(stepCell("ArrowDown", [0, 1], size, has)).toEqual([2, 1]);
  expect(stepCell("ArrowLeft", [0, 1], size, has)).toBeNull();
  expect(stepCell("ArrowUp", [0, 2], size, has)).toBeNull();
});

it("goes to the ends of a row, and leaves other keys alone", () => {
  expect(stepCell("Home", [0, 2], size, has)).toEqual([0, 1]);
  expect(stepCell("End", [0, 1], size, has)).toEqual([0, 2]);
  expect(stepCell("Enter", [0, 1], size, has)).toBeNull();
});
