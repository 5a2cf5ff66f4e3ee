import { expect, it } from "vitest";
import { addCounts, clauseState, narrowCounts, NO_COUNTS, type Told } from "./clause-state";

const counts = (some: Partial<typeof NO_COUNTS>) => ({ ...NO_COUNTS, ...some });
const passes = counts({ judged: 5 });

it("fails a clause for one failing subject, whatever else passes or is unread", () => {
  expect(clauseState([passes, counts({ judged: 3, failing: 1 }), counts({ unknown: 2 }), counts({ manual: 1 })])).toBe("fail");
});

it("fails a clause whose failing subjects are listed under a more specific control", () => {
  expect(clauseState([passes, counts({ subsumed: 1 })])).toBe("fail");
});

it("passes a clause that was judged without a failing subject, exceptions included", () => {
  expect(clauseState([passes, NO_COUNTS])).toBe("pass");
  expect(clauseState([counts({ judged: 1, waived: 1 })])).toBe("pass");
});

it("does not pass a clause of which a part is open, however much of it was judged", () => {
  expect(clauseState([passes, counts({ unknown: 1 })])).toBe("not-assessed");
  expect(clauseState([counts({ judged: 500, stale: 1 })])).toBe("not-assessed");
  expect(clauseState([passes, counts({ unasked: 1 })])).toBe("not-assessed");
});

it("does not pass what was not read, and leaves to people what waits for them, however much of it was judged", () => {
  expect(clauseState([passes, counts({ manual: 1 })])).toBe("needs-review");
  expect(clauseState([counts({ judged: 1, manual: 9 })], { gap: null, rest: "the rest is elsewhere" })).toBe("needs-review");
  expect(clauseState([counts({ unknown: 1 }), counts({ manual: 1 }), NO_COUNTS])).toBe("not-assessed");
  expect(clauseState([counts({ judged: 3, stale: 3 })])).toBe("not-assessed");
  expect(clauseState([counts({ unasked: 1 }), NO_COUNTS])).toBe("not-assessed");
  expect(clauseState([counts({ manual: 1 }), NO_COUNTS])).toBe("needs-review");
});

it("tells a clause that applies to nothing from one that no control maps to", () => {
  expect(clauseState([NO_COUNTS])).toBe("not-applicable");
  expect(clauseState([])).toBe("no-control");
});

it("does not assess what needs another source, whatever its controls leave unfailed", () => {
  const gap = "Needs the provider's API";
  expect(clauseState([], { gap, rest: null })).toBe("not-assessed");
  expect(clauseState([passes], { gap: null, rest: gap })).toBe("not-assessed");
  expect(clauseState([NO_COUNTS], { gap: null, rest: gap })).toBe("not-assessed");
  expect(clauseState([counts({ judged: 2, failing: 1 })], { gap: null, rest: gap })).toBe("fail");
  expect(clauseState([passes], { gap, rest: null })).toBe("pass");
});

it("adds the counts of controls", () => {
  const each = { judged: 1, stale: 7, failing: 2, subsumed: 3, waived: 4, unknown: 5, manual: 6, unasked: 8 };
  expect(addCounts([each, each])).toEqual({ judged: 2, stale: 14, failing: 4, subsumed: 6, waived: 8, unknown: 10, manual: 12, unasked: 16 });
});

const ofOne = (checks: readonly string[] | null): Told | null => checks && { failing: [new Set(checks)], manual: [] };

it.each([
  ["another part fails", ["root-ca-file"], ["bind-address"], 0],
  ["a part of it fails among others", ["root-ca-file", "profiling"], ["bind-address", "profiling"], 1],
  ["it takes all that the control asks", [], ["bind-address"], 1],
  ["the evidence does not say what fails", ["root-ca-file"], null, 1],
])("counts what fails for a clause where %s", (_, parts, violated, failing) => {
  const all = counts({ judged: 1, failing: 1 });
  expect(narrowCounts(all, { parts }, ofOne(violated))).toEqual({ ...all, failing });
});

it("counts of many subjects those of which the part fails", () => {
  const all = counts({ judged: 9, failing: 3, waived: 1 });
  const told = { failing: [new Set(["subject user"]), new Set(["subject group"]), new Set(["subject user", "subject group"])], manual: [] };
  expect(narrowCounts(all, { parts: ["subject user"] }, told)).toEqual({ ...all, failing: 2 });
  expect(narrowCounts(all, { parts: ["subject other"] }, told)).toEqual({ ...all, failing: 0 });
});

it("does not assess a clause whose part could not be told beside what fails elsewhere", () => {
  const all = counts({ judged: 1, failing: 1 });
  const untold = ofOne(["kube-apiserver profiling", "kube-scheduler *"]);
  const inClause = (part: string) => narrowCounts(all, { parts: [part] }, untold);
  expect(inClause("kube-scheduler profiling")).toEqual({ ...all, failing: 0, unknown: 1 });
  expect(clauseState([inClause("kube-scheduler profiling")])).toBe("not-assessed");
  expect(clauseState([inClause("kube-apiserver profiling")])).toBe("fail");
  expect(clauseState([inClause("kube-apiserver request-timeout")])).toBe("pass");
  const both = ofOne(["kube-scheduler *", "kube-apiserver tls-cipher-suites ?"]);
  const parts = ["kube-scheduler profiling", "kube-apiserver tls-cipher-suites"];
  expect(narrowCounts(all, { parts }, both)).toEqual({ ...all, failing: 0, unknown: 1 });
});

it("leaves a part that only people can judge to them, whatever fails or passes elsewhere, and no other part", () => {
  const open = new Set(["kube-apiserver tls-cipher-suites ?"]);
  const waits = (part: string) => narrowCounts(counts({ manual: 1 }), { parts: [part] }, { failing: [], manual: [open] });
  expect(clauseState([waits("kube-apiserver tls-cipher-suites")])).toBe("needs-review");
  expect(waits("kube-apiserver client-ca-file")).toEqual(counts({ judged: 1 }));
  const fails = { failing: [new Set([...open, "kube-apiserver tls-cert-file"])], manual: [] };
  const beside = (part: string) => clauseState([narrowCounts(counts({ judged: 1, failing: 1 }), { parts: [part] }, fails)]);
  expect(narrowCounts(counts({ judged: 3, failing: 1 }), { parts: ["kube-apiserver tls-cipher-suites"] }, fails)).toEqual(counts({ judged: 2, manual: 1 }));
  expect(["tls-cipher-suites", "tls-cert-file", "client-ca-file"].map((flag) => beside(`kube-apiserver ${flag}`))).toEqual(["needs-review", "fail", "pass"]);
});
