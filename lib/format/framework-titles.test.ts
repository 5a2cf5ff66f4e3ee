import { expect, it } from "vitest";
import {
  cellSentence,
  clauseSentence,
  clausesSentence,
  columnSentence,
  frameworksTitle,
  frameworkTitle,
  verdictSentence,
  controlVerdictSentence,
} from "./framework-titles";

const counts = { judged: 0, stale: 0, failing: 0, subsumed: 0, waived: 0, unknown: 0, manual: 0, unasked: 0 };

it("says how many clauses fail, at none, one and many", () => {
  expect([0, 1, 3].map((fail) => frameworkTitle("NSA", { fail, pass: 2 }, false))).toEqual([
    "NSA: none of 2 clauses fails",
    "NSA: 1 of 3 clauses fails",
    "NSA: 3 of 5 clauses fail",
  ]);
  expect(frameworksTitle([{ fail: 0 }, {}])).toBe("No clause fails in 2 frameworks");
  expect(frameworksTitle([{ pass: 2, "not-assessed": 3 }, {}])).toBe("No clause is known to fail in 2 frameworks, 1 has clauses not assessed");
  expect(frameworksTitle([])).toBe("No framework is known to be meant for this cluster");
});

it("says of how many frameworks clauses fail, and adds up no clauses: one verdict fails clauses of several", () => {
  const [failing, both, passing] = [{ fail: 2, pass: 1 }, { fail: 40, "needs-review": 1 }, { pass: 4 }];
  expect(frameworksTitle([failing, both, { fail: 1, "not-assessed": 3 }])).toBe("All 3 frameworks have clauses that fail, 2 have clauses not assessed");
  expect(frameworksTitle([failing, passing])).toBe("1 of 2 frameworks has clauses that fail");
});

it("says of a matrix for how many techniques controls fail: a technique does not fail", () => {
  const tallies = [{ fail: 31, pass: 15, "not-assessed": 6 }, { fail: 1, pass: 1 }, { pass: 2, "no-control": 1 }, { "not-assessed": 3 }, { "no-control": 2 }];
  expect(tallies.map((clauses) => frameworkTitle("ATT&CK", clauses, true))).toEqual([
    "ATT&CK: 31 of 52 techniques have a failing control, 6 not assessed",
    "ATT&CK: 1 of 2 techniques has a failing control",
    "ATT&CK: none of 3 techniques has a failing control",
    "ATT&CK: 3 techniques, not assessed",
    "ATT&CK: 2 techniques, not applicable or without a control",
  ]);
});

it("says what fails and what was not judged beside it", () => {
  expect(verdictSentence("fail", { ...counts, judged: 63, failing: 1 })).toBe("1 of 63 fails");
  expect(verdictSentence("fail", { ...counts, judged: 1063, failing: 3, subsumed: 2, unknown: 4, manual: 1, stale: 1 })).toBe(
    "3 of 1,063 fail, 2 fail under a more specific control; 4 could not be assessed, 1 needs a review, 1 is of an earlier scan",
  );
  expect(verdictSentence("fail", { ...counts, judged: 5, subsumed: 1 })).toBe("1 fails under a more specific control");
});

it("never says more of a clause than that nothing failed", () => {
  expect(verdictSentence("pass", { ...counts, judged: 63 })).toBe("No failing subject among 63 judged");
  expect(verdictSentence("pass", { ...counts, judged: 63, waived: 2 })).toBe("No failing subject among 63 judged, 2 under an exception");
  expect(verdictSentence("needs-review", { ...counts, judged: 63, manual: 1 })).toBe("No failing subject among 63 judged; 1 needs a review");
});

const silent = { reasons: [{ reason: "The node is silent.", subjects: 2, stale: 0, isUnlisted: false }], moreReasons: 0 };

it("says why there is no result", () => {
  const waits = { state: "not-assessed", counts: { ...counts, unknown: 2 } } as const;
  const sentences = [true, false].map((isSwitchedOff) => controlVerdictSentence({ ...waits, isSwitchedOff, disabled: null, unassessed: silent }));
  expect(sentences).toEqual(["Its source is off: The node is silent.", "2 could not be assessed: The node is silent."]);
  const off = { state: "not-assessed", counts: { ...counts, unasked: 1 }, isSwitchedOff: false } as const;
  expect(controlVerdictSentence({ ...off, disabled: "One tenant.", unassessed: silent })).toBe("Switched off here: One tenant.");
  expect(verdictSentence("not-assessed", { ...counts, judged: 63, waived: 1, unknown: 2, unasked: 1 })).toBe(
    "No failing subject among 63 judged; 1 control was not asked, 2 could not be assessed",
  );
  expect(verdictSentence("not-assessed", { ...counts, unknown: 2 })).toBe("2 could not be assessed");
  expect(verdictSentence("not-assessed", { ...counts, unasked: 1 })).toBe("Not asked in this snapshot");
  expect(verdictSentence("not-assessed", { ...counts, judged: 2, stale: 2 })).toBe("Last judged in an earlier scan");
  expect(verdictSentence("needs-review", { ...counts, manual: 1 })).toBe("1 needs a review by a person");
  expect(verdictSentence("not-applicable", counts)).toBe("Applies to nothing here");
  expect(verdictSentence("no-control", counts)).toBe("No control covers it");
});

it("says what a clause needs, before it says what its controls found", () => {
  const gap = "Needs the provider's API";
  expect(clauseSentence({ state: "not-assessed", counts, gap, rest: null, controls: [] })).toBe(gap);
  expect(clauseSentence({ state: "no-control", counts, gap: null, rest: null, controls: [] })).toBe("No control covers it");
  expect(clauseSentence({ state: "fail", counts: { ...counts, judged: 3, failing: 1 }, gap: null, rest: gap, controls: [{ unassessed: silent }] })).toBe(
    "1 of 3 fails",
  );
  expect(clauseSentence({ state: "not-assessed", counts: { ...counts, unknown: 2 }, gap: null, rest: null, controls: [{ unassessed: silent }] })).toBe(
    "2 could not be assessed: The node is silent.",
  );
  expect(clauseSentence({ state: "not-applicable", counts, gap, rest: null, controls: [] })).toBe("Applies to nothing here");
});

it.each([
  ["each was judged", { judged: 3 }, "Nothing fails in what the cluster shows; the rest needs the provider's API"],
  ["there is nothing to judge", {}, "Applies to nothing here; the rest needs the provider's API"],
  [
    "some could not be told",
    { judged: 3, unknown: 2 },
    "No failing subject among 3 judged; 2 could not be assessed: The node is silent; the rest needs the provider's API",
  ],
  ["nothing could be told", { unknown: 2 }, "2 could not be assessed: The node is silent; the rest needs the provider's API"],
  ["nobody asked", { unasked: 1 }, "Not asked in this snapshot; the rest needs the provider's API"],
])("says of a clause with a part that no control sees what they found where %s", (_, some: Partial<typeof counts>, expected) => {
  const controls = some.unknown === undefined ? [{ unassessed: { reasons: [], moreReasons: 0 } }] : [{ unassessed: silent }];
  const rest = "the rest needs the provider's API";
  expect(clauseSentence({ state: "not-assessed", counts: { ...counts, ...some }, gap: null, rest, controls })).toBe(expected);
});

it("says of what waits for people which part they cannot see either", () => {
  const clause = {
    state: "needs-review",
    counts: { ...counts, judged: 3, manual: 1 },
    gap: null,
    rest: "the rest needs the provider's API",
    controls: [],
  } as const;
  const controls = [{ unassessed: silent }];
  expect(clauseSentence({ ...clause, controls })).toBe("No failing subject among 3 judged; 1 needs a review; the rest needs the provider's API");
  expect(clauseSentence({ ...clause, controls, rest: null })).toBe("No failing subject among 3 judged; 1 needs a review");
});

it("gives each cell of a matrix its figure, and each column its sum", () => {
  expect(cellSentence("fail", { ...counts, judged: 63, failing: 3 })).toBe("3 of 63");
  expect(cellSentence("fail", { ...counts, judged: 63, subsumed: 2 })).toBe("2 covered");
  expect(cellSentence("pass", { ...counts, judged: 1063 })).toBe("0 of 1,063");
  expect(cellSentence("not-assessed", { ...counts, unknown: 4 })).toBe("4 not assessed");
  expect(cellSentence("not-assessed", counts)).toBe("not assessed");
  expect(columnSentence({ fail: 1, pass: 4 })).toBe("1 fails");
  expect(columnSentence({ fail: 2, "needs-review": 1 })).toBe("2 fail, 1 not assessed");
  expect(columnSentence({ pass: 4 })).toBe("none fails");
  expect(columnSentence({ "no-control": 2 })).toBe("none judged");
});

it("does not say of clauses that nobody judged that none fails", () => {
  expect(clausesSentence({ fail: 5, pass: 6, "not-assessed": 1 })).toBe("5 of 12 clauses fail, 1 not assessed");
  expect(clausesSentence({ pass: 3, "needs-review": 1 })).toBe("none of 4 clauses fails, 1 not assessed");
  expect(clausesSentence({ "not-assessed": 2 })).toBe("2 clauses, not assessed");
  expect(clausesSentence({ pass: 2, "not-applicable": 1 })).toBe("none of 3 clauses fails");
  expect(clausesSentence({ "not-applicable": 57 })).toBe("57 clauses, not applicable");
  expect(clausesSentence({ "no-control": 1 })).toBe("1 clause without a control");
});
