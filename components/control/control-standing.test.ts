import { expect, it } from "vitest";
import { controlStanding } from "./control-standing";

const NONE = { n: 0, failing: 0, unknown: 0, stale: 0, subsumed: 0, manual: 0 };
const COUNTS = { ...NONE, waived: 0, notApplicable: 0, cost: 0, isSwitchedOff: false };

it.each([
  ["judged", { n: 1 }, {}],
  ["judged", { unknown: 6 }, { n: 4 }],
  ["judged", {}, { n: 4 }],
  ["not-assessed", { unknown: 6, manual: 1 }, {}],
  ["not-assessed", {}, { unknown: 3 }],
  ["manual", { manual: 1, subsumed: 1 }, {}],
  ["covered", {}, { subsumed: 1 }],
  ["nothing", { notApplicable: 8 }, {}],
] as const)("calls a control %s by what it has, on the platform as well: %j %j", (standing, counts, platform) => {
  expect(controlStanding({ counts: { ...COUNTS, ...counts }, platform: { ...NONE, ...platform }, failing: [] })).toBe(standing);
  expect(controlStanding({ counts: null, platform: { ...NONE, ...platform }, failing: [] })).toBe("off");
});
