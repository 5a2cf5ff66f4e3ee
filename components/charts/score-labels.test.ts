import { expect, it } from "vitest";
import { labelsBelow } from "./score-labels";

const reading = { layer: "cluster", score: 69, raw: 87.7, lower: 87.6, upper: 89.2, capped: true, coverage: 0.98, previous: null } as const;
const textsOf = (more: object): readonly string[] => labelsBelow({ ...reading, ...more }).map(({ text }) => text);

it("says once what reads as one number", () => {
  expect(textsOf({})).toEqual(["0", "100", "88 without cap, also if what is not assessed fails", "89 if what is not assessed passes"]);
  expect(textsOf({ raw: 88.9 })).toEqual(["0", "100", "89 without cap, also if what is not assessed passes", "88 if what is not assessed fails"]);
  expect(textsOf({ capped: false })).toEqual(["0", "100", "88 if what is not assessed fails", "89 if what is not assessed passes"]);
  expect(textsOf({ coverage: 1 })).toEqual(["0", "100", "88 without cap"]);
});
