import { expect, it } from "vitest";
import { groupClauses } from "./group-clauses";

it("puts groups in which something fails first, and keeps the order of the framework within and on paper", () => {
  const clause = (id: string, group: string | null, state: "fail" | "pass" | "not-assessed") => ({ id, group, state });
  const groups = groupClauses([
    clause("1.1", "A", "not-assessed"),
    clause("2.1", "B", "pass"),
    clause("2.2", "B", "fail"),
    clause("3.1", null, "pass"),
    clause("4.1", "D", "fail"),
  ]);
  expect(groups.map(({ group, place, own }) => [group, place, own.map(({ id }) => id)])).toEqual([
    ["B", 1, ["2.1", "2.2"]],
    ["D", 3, ["4.1"]],
    ["A", 0, ["1.1"]],
    [null, 2, ["3.1"]],
  ]);
  expect(groupClauses([])).toEqual([]);
});
