import { expect, it } from "vitest";
import { findingsViewSentence, findingsViewTitle } from "./findings-titles";

const NONE = { matching: 0, critical: 0, high: 0 };
const view = { tab: "all", states: ["open"], matching: 0, critical: 0, high: 0, platform: NONE, unassessed: 0, isNarrowed: false, since: "17 Nov" } as const;

it("names the worst severities of what is open", () => {
  expect(findingsViewTitle({ ...view, matching: 561, critical: 5, high: 556 })).toBe("5 critical and 556 high findings are open");
  expect(findingsViewTitle(view)).toBe("No findings are open");
  expect(findingsViewTitle({ ...view, unassessed: 7 })).toBe("Nothing is known to be open; 7 checks were not assessed");
});

it("does not call all well when a filter leaves nothing", () => {
  expect(findingsViewTitle({ ...view, isNarrowed: true })).toBe("No finding matches this view");
});

it("says what opened and closed since the baseline, for none, one and many", () => {
  expect(findingsViewTitle({ ...view, tab: "closed", matching: 149 })).toBe("149 findings closed since 17 Nov");
  expect(findingsViewTitle({ ...view, tab: "opened", matching: 1 })).toBe("1 finding opened since 17 Nov");
  expect(findingsViewTitle({ ...view, tab: "opened", since: null })).toBe("No findings opened since the first snapshot");
});

it("has a sentence for each other state, and for several at once", () => {
  expect(findingsViewTitle({ ...view, states: ["manual"], matching: 1 })).toBe("1 finding needs review");
  expect(findingsViewTitle({ ...view, states: ["unknown"], matching: 34 })).toBe("34 checks were not assessed");
  expect(findingsViewTitle({ ...view, states: ["waived"] })).toBe("No findings are under an exception");
  expect(findingsViewTitle({ ...view, states: ["open", "manual"], matching: 2 })).toBe("2 findings in this view");
});

it("says how much of all that is", () => {
  const rest = { ...view, total: 2802, totalPlatform: 315, isNarrowed: true } as const;
  expect(findingsViewSentence({ ...rest, matching: 561, openedSince: 23 })).toBe("561 of 2,802 open findings match this view. 23 of them opened since 17 Nov.");
  expect(findingsViewSentence({ ...rest, isNarrowed: false, matching: 2802, openedSince: 1 })).toMatch(/ 1 opened since 17 Nov\.$/);
  const whole = { ...rest, isNarrowed: false, since: null, openedSince: 0 } as const;
  expect(findingsViewSentence({ ...whole, matching: 2802 })).toBe("2,802 findings are open in all, 315 of them on the platform.");
  expect(findingsViewSentence({ ...whole, matching: 2802, totalPlatform: 0 })).toBe("2,802 findings are open in all.");
  expect(findingsViewSentence({ ...whole, matching: 1, total: 1, totalPlatform: 1 })).toBe("1 finding is open in all, on the platform.");
  expect(findingsViewSentence({ ...rest, matching: 1, total: 1, openedSince: 0 })).toBe(
    "1 of 1 open finding matches this view. None of them opened since 17 Nov.",
  );
  // That none of them matches is in the title.
  expect(findingsViewSentence({ ...rest, matching: 0, openedSince: 0 })).toBe("2,802 findings are open in all, 315 of them on the platform.");
  expect(findingsViewSentence({ ...rest, matching: 0, openedSince: 0, total: 0, totalPlatform: 0, isNarrowed: false })).toBe("Nothing is open at this moment.");
  expect(findingsViewSentence({ ...rest, matching: 0, openedSince: 0, total: 0, totalPlatform: 0, isNarrowed: false, unassessed: 7 })).toBe(
    "What was not assessed is not a pass.",
  );
});

it("counts what was not assessed, needs review or is waived among no open findings", () => {
  const rest = { ...view, total: 328, totalPlatform: 21, unassessed: 209, isNarrowed: true, matching: 209, openedSince: 0 } as const;
  expect(findingsViewSentence({ ...rest, states: ["unknown"] })).toBe("They are not passes, and not among the 328 open findings.");
  expect(findingsViewSentence({ ...rest, states: ["waived"], matching: 1, total: 1 })).toBe("It is not among the 1 open finding.");
  for (const other of [{ states: ["open", "unknown"] as const }, { states: ["manual"] as const, matching: 0 }])
    expect(findingsViewSentence({ ...rest, ...other })).toBe("328 findings are open in all, 21 of them on the platform.");
});

it("says how much of what its title names is on the platform, which the pages of scores leave out", () => {
  const platform = { matching: 21, critical: 2, high: 5 };
  const rest = { ...view, critical: 4, high: 86, since: null, openedSince: 0, total: 328, totalPlatform: 21, matching: 328, platform } as const;
  expect(findingsViewSentence(rest)).toBe("328 findings are open in all, 21 of them on the platform (2 critical, 5 high).");
  expect(findingsViewSentence({ ...rest, platform: { ...platform, critical: 0, high: 0 } })).toBe("328 findings are open in all, 21 of them on the platform.");
  // What is in the list of another state is not what is open.
  expect(findingsViewSentence({ ...rest, tab: "closed" })).toBe("328 findings are open in all, 21 of them on the platform.");
  const only = { ...rest, isNarrowed: true, matching: 21, critical: 2, high: 5 } as const;
  expect(findingsViewSentence(only)).toBe("21 of 328 open findings match this view. All are on the platform.");
  const some = { ...rest, isNarrowed: true, since: "17 Nov", matching: 211, critical: 3, high: 30 } as const;
  expect(findingsViewSentence(some)).toBe(
    "211 of 328 open findings match this view. None of them opened since 17 Nov. 21 of them are on the platform (2 critical, 5 high).",
  );
  const one = { ...some, since: null, matching: 4, critical: 4, high: 0 } as const;
  expect(findingsViewSentence({ ...one, platform: { matching: 1, critical: 1, high: 0 } })).toMatch(/ 1 of them is on the platform\.$/);
  expect(findingsViewSentence({ ...one, platform: { matching: 4, critical: 4, high: 0 } })).toMatch(/ All are on the platform\.$/);
  expect(findingsViewSentence({ ...one, matching: 1, critical: 1, platform: { matching: 1, critical: 1, high: 0 } })).toMatch(/ It is on the platform\.$/);
  expect(findingsViewSentence({ ...one, platform: NONE })).toBe("4 of 328 open findings match this view.");
});
