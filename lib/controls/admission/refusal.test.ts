import { expect, test } from "vitest";
import { allOf, anyOf, type Refusal } from "./refusal";

test.each<[refusals: readonly Refusal[], any: Refusal, all: Refusal]>([
  [[], false, true],
  [[true, true], true, true],
  [[false, false], false, false],
  [[true, false], true, false],
  [["not read", true], true, "not read"],
  [["not read", false], "not read", false],
  [["not read", "too slow"], "not read", "not read"],
])("of %j, one is enough: %j, and all are needed: %j", (refusals, any, all) => {
  expect([anyOf(refusals), allOf(refusals)]).toEqual([any, all]);
});

test("asks no further once it is decided", () => {
  const asked: Refusal[] = [];
  const ask = (...refusals: readonly Refusal[]) =>
    refusals.values().map((refusal) => {
      asked.push(refusal);
      return refusal;
    });
  expect([anyOf(ask("not read", true, false)), allOf(ask(true, false, "too slow"))]).toEqual([true, false]);
  expect(asked).toEqual(["not read", true, true, false]);
});
