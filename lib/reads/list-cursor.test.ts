import { expect, it } from "vitest";
import type { ListFindingsQuery } from "@/lib/contracts/findings";
import { parseListCursor, toListCursor } from "./list-cursor";

const list: ListFindingsQuery = { order: "asc", severity: ["high"], q: "cart" };
const parse = (query: ListFindingsQuery) => parseListCursor(query);
const cursor = toListCursor(list, 12, "0a") ?? "";

it("goes on in the snapshot of its first page, however the same list is asked for: with parameters in another order, left out or undefined", () => {
  expect(parse({ q: "cart", severity: ["high"], order: "asc", cursor })).toEqual({ seq: 12, after: "0a" });
  expect(parse({ ...list, layer: undefined, since: 3, limit: 7, at: 12, cursor })).toEqual({ seq: 12, after: "0a" });
});

it("starts at the asked moment without one, and is none behind the last row", () => {
  expect(parse({ ...list, at: 3 })).toEqual({ seq: 3, after: null });
  expect(toListCursor(list, 12, null)).toBeNull();
});

it("is of no other list", () => {
  for (const other of [{ q: "web" }, { order: "desc" as const }, { severity: undefined }])
    expect(() => parse({ ...list, ...other, cursor })).toThrow("This cursor belongs to a list with other filters or another order");
  expect(() => parse({ ...list, at: 11, cursor })).toThrow("This cursor belongs to another list");
});
