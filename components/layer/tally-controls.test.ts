import { expect, it } from "vitest";
import { standingOf, stateOf, tallyControls, toCosts } from "./tally-controls";

const row = (values: {
  readonly n?: number;
  readonly failing?: number;
  readonly unknown?: number;
  readonly stale?: number;
  readonly manual?: number;
  readonly isInScope?: boolean;
}) => ({
  control: "c",
  title: "t",
  severity: "high" as const,
  weight: 6,
  cost: 0,
  costBefore: null,
  gain: 0,
  waived: 0,
  manual: 0,
  assessed: 1,
  stale: 0,
  object: null,
  n: 0,
  failing: 0,
  unknown: 0,
  isInScope: true,
  isSwitchedOff: false,
  ...values,
});

it("a control that could not be assessed in full neither fails nor passes, as in the catalogue", () => {
  expect(standingOf(row({ unknown: 3 }))).toBe("notAssessed");
  expect(standingOf(row({ n: 2, unknown: 3 }))).toBe("notAssessed");
  expect(standingOf(row({ n: 2, stale: 1 }))).toBe("notAssessed");
  expect(standingOf(row({ n: 2, failing: 1, unknown: 3 }))).toBe("failing");
  expect(standingOf(row({}))).toBe("passing");
});

it("controls out of scope are not counted", () => {
  expect(standingOf(row({ failing: 1, isInScope: false }))).toBeNull();
  expect(tallyControls([row({ n: 1, failing: 1 }), row({ n: 1 }), row({ unknown: 1 }), row({ isInScope: false })])).toEqual({
    failing: 1,
    passing: 1,
    notAssessed: 1,
  });
});

it("measures a change where there is an earlier moment alone", () => {
  expect(toCosts([row({ n: 1 })]).hasBefore).toBe(false);
  expect(toCosts([row({ n: 1 }), { ...row({ n: 1 }), costBefore: 0 }]).hasBefore).toBe(true);
});

it("a control that only asks people to look says so, and not that it applies to nothing", () => {
  expect(stateOf(row({ manual: 1, isInScope: false }))).toBe("manual");
  expect(stateOf(row({ isInScope: false }))).toBe("not-applicable");
  expect([{ n: 1, manual: 1 }, { n: 1, failing: 1 }, { unknown: 1 }].map((values) => stateOf(row(values)))).toEqual(["pass", "fail", "unknown"]);
});
