import { expect, it } from "vitest";
import type { ControlResponse } from "@/lib/contracts/controls";
import { controlSharedWords, controlStanding } from "./control-standing";

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

it("says below a title that states what should hold what does", () => {
  const words = (counts: Partial<typeof COUNTS> | null, platform = {}, disabled: string | null = null) =>
    controlSharedWords({
      control: { severity: "critical" },
      counts: counts && { ...COUNTS, ...counts },
      platform: { ...NONE, ...platform },
      tuning: { disabled },
    } as ControlResponse); // safe: the parts that are read
  expect(words({ n: 8, failing: 1 }, { n: 4 })).toBe("Critical. 1 of 8 subjects fails. On the platform: all 4 subjects meet it.");
  expect(words({ unknown: 6 })).toBe("Critical. Nothing was judged. 6 subjects could not be assessed.");
  expect(words({ isSwitchedOff: true })).toBe("Critical. Nothing was judged: its source is off.");
  expect(words(null)).toBe("Critical. It was not part of this snapshot.");
  expect(words(null, {}, "Not ours.")).toBe("Critical. It is off in this snapshot.");
});
