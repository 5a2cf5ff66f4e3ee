import { describe, expect, test } from "vitest";
import type { Scope, Verdict } from "../model/verdict";
import { toPostures } from "./posture";
import { carryForward, createTallyCounter, type Tally } from "./tally";

const verdict = (state: Verdict["state"], name = "a"): Verdict => ({
  control: "host-pid",
  layer: "container",
  severity: "high",
  state,
  scope: "workload",
  locator: "",
  evidence: [],
  resource: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name },
});
const CONTROLS = [
  { id: "host-pid", layer: "container", severity: "high" },
  { id: "host-ipc", layer: "container", severity: "high" },
] as const;

const LOST = { control: "host-pid", layer: "container", scope: "workload", namespace: "shop", severity: "high", state: "fail" } as const;

const NONE: ReadonlySet<string> = new Set();
const UNLISTED: ReadonlySet<string> = new Set(["host-pid"]);

/** `stale` = the scopes of what failed and could not be assessed again. */
function count(verdicts: readonly Verdict[], stale: readonly Scope[] = []): readonly Tally[] {
  const counter = createTallyCounter();
  for (const v of verdicts) counter.add(v);
  for (const scope of stale) counter.addStale({ ...LOST, scope, askedIn: null, failedIn: null });
  return counter.tallies();
}

describe("tallies", () => {
  test("count each state, and only pass, fail and waived into n", () => {
    const [tally] = count([verdict("pass"), verdict("fail"), verdict("waived"), verdict("unknown"), verdict("not-applicable"), verdict("subsumed")]);
    expect(tally).toMatchObject({ n: 3, failing: 1, waived: 1, unknown: 1, notApplicable: 1, subsumed: 1, worst: "high" });
  });
  test("count what is known from before as it last was, and not among the unknown as well", () => {
    const counter = createTallyCounter();
    for (const [state, name] of [
      ["pass", "a"],
      ["unknown", "b"],
      ["unknown", "c"],
      ["unknown", "d"],
    ] as const)
      counter.add(verdict(state, name));
    counter.addStale({ ...LOST, askedIn: LOST.scope, failedIn: null });
    counter.addStale({ ...LOST, state: "waived", askedIn: LOST.scope, failedIn: null });
    expect(counter.tallies()).toMatchObject([{ n: 3, failing: 1, waived: 1, stale: 2, unknown: 1 }]);
    expect(counter.namespaceTallies()).toMatchObject([{ namespace: "shop", n: 3, failing: 1, unknown: 1 }]);
    const score = toPostures(CONTROLS.slice(0, 1), counter.tallies())[0]?.layers.find((l) => l.layer === "container");
    expect(score?.coverage).toBeCloseTo(1 / 4, 9);
  });
  test("take what is known from before out of the unknown of the scope that it is in by now", () => {
    const counter = createTallyCounter();
    counter.add({ ...verdict("unknown"), scope: "platform" });
    counter.addStale({ ...LOST, askedIn: "platform", failedIn: null });
    const counted = counter.tallies().map(({ scope, failing, unknown }) => ({ scope, failing, unknown }));
    expect(counted.toSorted((a, b) => (a.scope < b.scope ? -1 : 1))).toEqual([
      { scope: "platform", failing: 0, unknown: 0 },
      { scope: "workload", failing: 1, unknown: 0 },
    ]);
  });
  test("take what is less grave out of the scope that it is in by now, and leave no severity where nothing fails", () => {
    const counter = createTallyCounter();
    counter.add({ ...verdict("fail"), scope: "platform", severity: "low" });
    counter.addStale({ ...LOST, askedIn: null, failedIn: "platform" });
    const counted = counter.tallies().map(({ scope, n, failing, worst }) => ({ scope, n, failing, worst }));
    expect(counted.toSorted((a, b) => (a.scope < b.scope ? -1 : 1))).toEqual([
      { scope: "platform", n: 0, failing: 0, worst: null },
      { scope: LOST.scope, n: 1, failing: 1, worst: LOST.severity },
    ]);
  });
  test("count an open question of a kind that is refused where the list of findings has it", () => {
    const counter = createTallyCounter();
    counter.add(verdict("unknown", "cluster"));
    counter.addStale({ ...LOST, state: "unknown", askedIn: null, failedIn: null });
    counter.addStale({ ...LOST, state: "manual", askedIn: null, failedIn: null });
    expect(counter.tallies()).toMatchObject([{ n: 0, failing: 0, stale: 0, unknown: 2, manual: 1 }]);
  });
  test("keep a score from rising when a kind cannot be read any more", () => {
    const before = count([verdict("fail", "a"), verdict("pass", "b"), verdict("pass", "c")]);
    const blind = carryForward(count([verdict("unknown", "cluster")], ["workload"]), before, UNLISTED);
    const scoreOf = (tallies: readonly Tally[]) => toPostures(CONTROLS, tallies)[0]?.layers.find((l) => l.layer === "container");
    expect(blind[0]).toMatchObject({ n: 3, failing: 1, stale: 3 });
    expect(scoreOf(blind)?.raw).toBeCloseTo(scoreOf(before)?.raw ?? 0, 9);
    expect(scoreOf(blind)?.coverage).toBeCloseTo(0.5, 9);
  });
  test("keep the score of the other scope too, when the one gap stands on the cluster", () => {
    const before = count([
      verdict("fail", "a"),
      verdict("pass", "b"),
      { ...verdict("fail", "c"), scope: "platform" },
      { ...verdict("pass", "d"), scope: "platform" },
    ]);
    const blind = carryForward(count([verdict("unknown", "cluster")], ["workload", "platform"]), before, UNLISTED);
    const scores = (tallies: readonly Tally[]) => toPostures(CONTROLS, tallies).map((posture) => posture.layers.find((l) => l.layer === "container")?.raw);
    expect(scores(blind)).toEqual(scores(before));
    expect(blind.map(({ scope, n, stale }) => [scope, n, stale])).toEqual([
      ["workload", 2, 2],
      ["platform", 2, 2],
    ]);
  });
  test("carry what passed where nothing but what failed before stands for a kind that is refused", () => {
    const before = count([verdict("fail", "a"), verdict("pass", "b")]);
    expect(carryForward(count([], ["workload"]), before, UNLISTED)).toMatchObject([{ n: 2, failing: 1, stale: 2 }]);
  });
  test("take nothing from what settings brought into a scope since", () => {
    const before = count([verdict("fail", "a"), { ...verdict("pass", "c"), scope: "platform" }]);
    const blind = carryForward(count([verdict("unknown", "d"), { ...verdict("pass", "c"), scope: "platform" }], ["workload", "workload"]), before, NONE);
    expect(blind).toMatchObject([
      { scope: "workload", n: 2, failing: 2, stale: 2, unknown: 1 },
      { scope: "platform", n: 1 },
    ]);
  });
  test("carry what fails without what went with its object, and on the side that it is on", () => {
    const before = count([verdict("fail", "a"), verdict("fail", "b"), verdict("fail", "c"), verdict("pass", "d")]);
    const blind = carryForward(count([verdict("unknown", "cluster")], ["workload", "platform"]), before, UNLISTED);
    expect(blind.map(({ scope, n, failing, stale }) => [scope, n, failing, stale]).sort()).toEqual([
      ["platform", 1, 1, 1],
      ["workload", 2, 1, 2],
    ]);
  });
  test("carry what is excepted without what went with its object, as what fails", () => {
    const before = count([verdict("waived", "a"), verdict("waived", "b"), verdict("fail", "c"), verdict("pass", "d")]);
    const counter = createTallyCounter();
    counter.add(verdict("unknown", "cluster"));
    for (const state of ["waived", "fail"] as const) counter.addStale({ ...LOST, state, askedIn: null, failedIn: null });
    expect(carryForward(counter.tallies(), before, UNLISTED)).toMatchObject([{ n: 3, failing: 1, waived: 1, stale: 3 }]);
  });
  test("keep what passed in the scope that could not be told, where the other one was", () => {
    const platform = { ...verdict("pass", "c"), scope: "platform" } as const;
    const before = count([verdict("fail", "a"), verdict("pass", "b"), platform]);
    const told = carryForward(count([verdict("unknown", "b"), platform], ["workload"]), before, NONE);
    expect(told).toMatchObject([
      { scope: "workload", n: 2, failing: 1, stale: 2, unknown: 1 },
      { scope: "platform", n: 1, failing: 0, stale: 0 },
    ]);
    const partly = carryForward(count([verdict("unknown", "b"), verdict("pass", "a"), platform]), before, NONE);
    expect(partly).toMatchObject([
      { scope: "workload", n: 1, failing: 0, stale: 0 },
      { scope: "platform", n: 1 },
    ]);
  });
  test("keep of what does not apply only what may still be there: all that was listed is told as it is", () => {
    const before = count([verdict("unknown", "a"), verdict("not-applicable", "b"), verdict("manual", "c")]);
    const now = count([verdict("unknown", "a"), { ...verdict("not-applicable", "b"), scope: "platform" }]);
    const toldOf = (tallies: readonly Tally[]) => tallies.map(({ scope, unknown, notApplicable, manual }) => [scope, unknown, notApplicable, manual]).sort();
    expect(toldOf(carryForward(now, before, NONE))).toEqual([
      ["platform", 0, 1, 0],
      ["workload", 1, 0, 0],
    ]);
    expect(toldOf(carryForward(count([verdict("unknown", "cluster")]), before, UNLISTED))).toEqual([["workload", 1, 1, 1]]);
  });
  test("carry nothing of a control that was never asked before", () => {
    const now = count([verdict("unknown"), { ...verdict("pass", "c"), scope: "platform" }]);
    expect(carryForward(now, [], NONE)).toEqual(now);
  });
  test("count what stands on a namespace in that namespace", () => {
    const counter = createTallyCounter();
    counter.add({ ...verdict("fail"), resource: { apiVersion: "v1", kind: "Namespace", namespace: null, name: "bank" } });
    counter.add({ ...verdict("pass"), resource: { apiVersion: "v1", kind: "Node", namespace: null, name: "worker" } });
    counter.add(verdict("pass"));
    for (const state of ["unknown", "not-applicable"] as const) counter.add({ ...verdict(state), resource: { ...verdict(state).resource, namespace: state } });
    expect(counter.namespaceTallies().map(({ namespace, n, failing, unknown }) => [namespace, n, failing, unknown])).toEqual([
      ["bank", 1, 1, 0],
      ["", 1, 0, 0],
      ["shop", 1, 0, 0],
      ["unknown", 0, 0, 1],
    ]);
  });
  test("leave a control out of scope when it applies to nothing here", () => {
    const layer = toPostures([CONTROLS[0]], count([verdict("not-applicable")]))[0]?.layers.find((l) => l.layer === "container");
    expect(layer?.raw).toBeNull();
  });
});
