import { expect, it } from "vitest";
import { gainWords } from "./gain-words";

const place = { layer: "container", scope: "workload" } as const;
const gain = { points: 0.33, isTried: true, isScored: true, from: 70.9, to: 71.23, change: 0.33, isCapped: false, others: [] };
const green = { turnsGreen: true, breaks: [], uncovers: [], unmasks: [] };

it("tells scores where their integers move, else points", () => {
  expect(gainWords({ ...gain, points: 1.2, from: 70.4, to: 71.6, change: 1.2 }, place, green)).toEqual({
    value: "Container 70 \u2192 72, +2",
    note: "Exactly +1.20 points",
  });
  const whole = { ...gain, points: 20, from: 69, to: 89, change: 20 };
  expect(gainWords(whole, place, green)).toEqual({ value: "Container 69 \u2192 89, +20", note: "" });
  expect(gainWords(gain, place, green)).toEqual({ value: "Container +0.33 points", note: "Too little to move the score of 71 on its own" });
  expect(gainWords(gain, { ...place, scope: "platform" }, green).value).toBe("Container of the platform +0.33 points");
});

it("says plainly that a fix takes points, or none, and what begins to apply", () => {
  const uncovers = ["Pods have a user namespace"];
  expect(gainWords({ ...gain, to: 70.78, change: -0.12 }, place, { ...green, uncovers })).toEqual({
    value: "Turns this green; Container falls by 0.12",
    note: "Since \u201cPods have a user namespace\u201d begins to apply",
  });
  expect(gainWords({ ...gain, to: 70.9, change: 0 }, place, { ...green, uncovers, breaks: ["B", "C"] })).toEqual({
    value: "Turns this green; Container stays at 71",
    note: "Since \u201cPods have a user namespace\u201d and 2 more then fail",
  });
  expect(gainWords({ ...gain, change: -0.12 }, place, { ...green, turnsGreen: null }).value).toBe("Container falls by 0.12");
});

it("says why a fix gains less than its finding costs", () => {
  const note = "Too little to move the score of 71 on its own. Less than the 0.33 that it costs, since \u201cA holds\u201d then fails";
  expect(gainWords({ ...gain, change: 0.1, to: 71 }, place, { ...green, unmasks: ["A holds"] }).note).toBe(note);
});

it("says why lists show other points: of several findings, one alone gains less or more than its share", () => {
  expect(gainWords({ ...gain, change: 0.1, to: 71 }, place, green).note).toBe(
    "Too little to move the score of 71 on its own. Lists show 0.33, its share of what the control costs",
  );
});

it("tells what the patch of a finding moves that is in no score itself, and no cost of it", () => {
  expect(gainWords({ ...gain, points: null }, place, green)).toEqual({
    value: "Container +0.33 points",
    note: "Too little to move the score of 71 on its own. Not scored itself: the findings that it sums up are",
  });
});

it("names other layers that move with it, and why one of them loses", () => {
  const others = [
    { layer: "cluster", scope: "workload", from: 95.4, to: 93.9 },
    { layer: "code", scope: "platform", from: 80, to: 80.001 },
  ] as const;
  expect(gainWords({ ...gain, others }, place, green).note).toBe("Too little to move the score of 71 on its own. Also Cluster \u22121.50 points");
  expect(gainWords({ ...gain, others }, place, { ...green, uncovers: ["A", "B"] }).note).toBe(
    "Too little to move the score of 71 on its own. Also Cluster \u22121.50 points, since \u201cA\u201d and 1 more begin to apply",
  );
});

it("tells what counts only once a cap is gone, for better and worse", () => {
  const capped = { ...gain, from: 69, to: 69, isCapped: true };
  expect(gainWords(capped, place, green)).toEqual({
    value: "Container +0.33 points",
    note: "Counts once the cap is lifted",
  });
  expect(gainWords({ ...capped, change: -0.2 }, place, green)).toEqual({
    value: "Turns this green; Container falls by 0.20",
    note: "Counts once the cap is lifted",
  });
});

it("claims of what was not tried no more than it counted", () => {
  expect(gainWords({ ...gain, isTried: false }, place, null).note).toBe(
    "Too little to move the score of 71 on its own. Controls that begin to apply with the fix are not counted",
  );
  const unknown = { value: "Costs Container 0.33 points", note: "What this patch does to the score is not known" };
  expect(gainWords({ ...gain, isTried: false }, place, green)).toEqual(unknown);
  expect(gainWords({ ...gain, isTried: false }, place, null, true)).toEqual(unknown);
});

it("names no score of a layer that has none, whatever the fix does", () => {
  const unscored = { ...gain, points: 8.82, isScored: false, from: 88.88, to: 97.7, change: 8.82 };
  const note = "Too little could be assessed for a score";
  expect(gainWords(unscored, place, green)).toEqual({ value: "Container +8.82 points", note });
  expect(gainWords({ ...unscored, isCapped: true }, place, green)).toEqual({ value: "Container +8.82 points", note });
  expect(gainWords({ ...unscored, points: 0.1, to: 88.98, change: 0.1 }, place, green)).toEqual({ value: "Container +0.10 points", note });
  expect(gainWords({ ...unscored, to: 88.88, change: 0 }, place, green)).toEqual({ value: "Turns this green; Container gains nothing", note });
  expect(gainWords({ ...unscored, to: 88, change: -0.88 }, place, green)).toEqual({ value: "Turns this green; Container falls by 0.88", note });
});
