import { expect, test } from "vitest";
import { nameSome } from "./name-some";

test("says how many names it leaves out", () => {
  expect([nameSome([], 2), nameSome(["a"], 2), nameSome(["a", "b"], 2), nameSome(["a", "b", "c"], 2)]).toEqual(["", "a", "a, b", "a, b and 1 more"]);
});
