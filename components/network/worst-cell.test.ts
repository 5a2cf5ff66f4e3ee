import { expect, it } from "vitest";
import { OUTSIDE } from "@/lib/model/outside";
import { worstCell } from "./worst-cell";

type State = "open" | "restricted" | "closed" | "unknown";
const cell = (state: State, openPairs = 0) => ({ state, pairs: 9, openPairs, closedPairs: 0, unknownPairs: 0 });
const columns = [OUTSIDE, "a", "b"];
const row = (from: string, cells: readonly (ReturnType<typeof cell> | null)[]) => ({ from, scope: null, cells: [...cells] });

it("begins at the worst way between two namespaces, the widest of several alike", () => {
  const outside = row(OUTSIDE, [null, cell("open", 9), cell("open", 9)]);
  const a = row("a", [cell("open", 9), cell("open", 9), cell("restricted", 8)]);
  const at = (...states: readonly [State, number][]) =>
    worstCell({ columns, rows: [outside, a, ...states.map(([state, open], n) => row(`c${n}`, [null, cell(state, open), null]))] });
  expect(at(["open", 2], ["open", 3], ["open", 3])).toEqual([3, 1]);
  expect(at(["unknown", 0], ["closed", 0])).toEqual([1, 2]);
  expect(worstCell({ columns, rows: [outside, row("a", [null, null, cell("closed")]), row("b", [null, cell("unknown")])] })).toEqual([2, 1]);
});

it("begins at the first cell where no way leads between namespaces", () => {
  expect(worstCell({ columns, rows: [row(OUTSIDE, [null, cell("closed")]), row("a", [cell("open"), cell("open")])] })).toEqual([0, 1]);
  expect(worstCell({ columns, rows: [] })).toEqual([0, 0]);
});
