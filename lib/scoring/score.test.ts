import { fc } from "../model/testing-properties";
import { describe, expect, test } from "vitest";
import { ENOUGH_COVERAGE, hasNothingToJudge } from "../model/layer";
import { SEVERITIES, type Severity, severityRank } from "../model/severity";
import { headlineScore, toPostures } from "./posture";
import { type ScoredControl, scoreLayer } from "./score";
import type { Tally } from "./tally";
import { control } from "./testing";

const EXAMPLE: readonly (readonly [string, Severity, number])[] = [
  ["container-privileged", "critical", 1],
  ["host-network", "high", 0],
  ["run-as-non-root", "high", 8],
  ["privilege-escalation-allowed", "medium", 12],
  ["capabilities-not-dropped", "medium", 14],
  ["seccomp-not-set", "medium", 10],
  ["root-fs-writable", "medium", 15],
  ["image-not-digest-pinned", "low", 20],
];

const example = (change: (failing: number, id: string) => number = (f) => f, n = 20) =>
  scoreLayer(
    "container",
    EXAMPLE.map(([id, severity, failing]) => control(id, severity, change(failing, id), n)),
  );

describe("the worked example of the published formula", () => {
  test("scores 49.6", () => expect(example().score).toBeCloseTo(49.614, 2));
  test("scores 64.6 once the privileged workload is fixed", () =>
    expect(example((f, id) => (id === "container-privileged" ? 0 : f)).score).toBeCloseTo(64.6, 1));
  test("scores 52.5 when only the low findings are fixed", () =>
    expect(example((f, id) => (id === "image-not-digest-pinned" ? 0 : f)).score).toBeCloseTo(52.5, 1));
  test("is capped at 69 among 180 clean workloads", () => {
    const diluted = example((f) => f, 200);
    expect(diluted.score).toBe(69);
    expect(diluted.raw).toBeCloseTo(75.2, 1);
    expect(diluted.capReason).toBe("critical");
  });
  test("does not change when everything is cloned", () => expect(example((f) => f * 2, 40).raw).toBeCloseTo(example().raw ?? 0, 9));
});

const severity = fc.constantFrom(...SEVERITIES);
const scored = fc
  .record({
    maxSeverity: severity,
    n: fc.integer({ min: 0, max: 60 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(4),
    unknown: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ maxSeverity, n, share, drop, unknown }): Omit<ScoredControl, "control"> => {
    const failing = Math.round(n * share);
    const worst = SEVERITIES[Math.min(4, severityRank(maxSeverity) + drop)] ?? "info";
    return { maxSeverity, n, failing, worst: failing > 0 ? worst : null, unknown, stale: 0 };
  });
const layer = fc.array(scored, { minLength: 1, maxLength: 20 }).map((controls) => controls.map((c, i) => ({ ...c, control: `c${i}` })));
const assessed = layer.map((controls) => controls.map((c) => ({ ...c, unknown: 0 })));

const change = (controls: readonly ScoredControl[], index: number, by: (c: ScoredControl) => ScoredControl) =>
  controls.map((c, i) => (i === index % controls.length ? by(c) : c));
const value = (controls: readonly ScoredControl[]) => {
  const result = scoreLayer("cluster", controls);
  return Math.min(result.raw ?? 100, result.cap);
};

describe("the score", () => {
  test("stays between 0 and 100, inside its interval", () => {
    fc.assert(
      fc.property(layer, (controls) => {
        const result = scoreLayer("cloud", controls);
        if (result.raw === null) return;
        expect(result.raw).toBeGreaterThanOrEqual(-1e-9);
        expect(result.raw).toBeLessThanOrEqual(100 + 1e-9);
        expect(result.lower).toBeLessThanOrEqual(result.raw + 1e-9);
        expect(result.upper).toBeGreaterThanOrEqual(result.raw - 1e-9);
      }),
    );
  });
  test("never rises when a failing subject is added, a pass turns into a failure, or a severity rises", () => {
    fc.assert(
      fc.property(assessed, fc.nat(), severity, (controls, index, found) => {
        const worse = (c: ScoredControl, n: number): ScoredControl => {
          const capped = severityRank(found) < severityRank(c.maxSeverity) ? c.maxSeverity : found;
          const worst = c.worst !== null && severityRank(c.worst) < severityRank(capped) ? c.worst : capped;
          return { ...c, n, failing: c.failing + 1, worst };
        };
        expect(value(change(controls, index, (c) => worse(c, c.n + 1)))).toBeLessThanOrEqual(value(controls) + 1e-9);
        expect(value(change(controls, index, (c) => (c.failing < c.n ? worse(c, c.n) : c)))).toBeLessThanOrEqual(value(controls) + 1e-9);
      }),
    );
  });
  test("never falls when a passing subject is added or a failure is fixed", () => {
    fc.assert(
      fc.property(assessed, fc.nat(), (controls, index) => {
        expect(value(change(controls, index, (c) => ({ ...c, n: c.n + 1 })))).toBeGreaterThanOrEqual(value(controls) - 1e-9);
        const fixed = change(controls, index, (c) => (c.failing === 0 ? c : { ...c, failing: c.failing - 1, worst: c.failing === 1 ? null : c.worst }));
        expect(value(fixed)).toBeGreaterThanOrEqual(value(controls) - 1e-9);
      }),
    );
  });
  test("does not change when all subjects are cloned", () => {
    fc.assert(
      fc.property(assessed, fc.integer({ min: 2, max: 9 }), (controls, k) => {
        expect(value(controls.map((c) => ({ ...c, n: c.n * k, failing: c.failing * k })))).toBeCloseTo(value(controls), 6);
      }),
    );
  });
  test("is at most 69 with one open critical in a cluster of any size", () => {
    fc.assert(
      fc.property(assessed, fc.integer({ min: 1, max: 1e6 }), (controls, n) => {
        expect(value([...controls, { ...control("critical", "critical", 1, n) }])).toBeLessThanOrEqual(69);
      }),
    );
  });
  test("explains itself: the costs add up to 100 minus the raw score", () => {
    fc.assert(
      fc.property(layer, (controls) => {
        const result = scoreLayer("code", controls);
        if (result.raw === null) return;
        expect(result.controls.reduce((sum, c) => sum + c.cost, 0)).toBeCloseTo(100 - result.raw, 6);
      }),
    );
  });
  test("is null exactly where nothing of the layer was assessed, or too little", () => {
    fc.assert(
      fc.property(layer, fc.boolean(), fc.boolean(), (some, isEmpty, isSeen) => {
        const controls = some.map((c) => ({ ...c, ...(isEmpty && { n: 0, failing: 0, worst: null }), ...(isSeen && { unknown: 0 }) }));
        const result = scoreLayer("container", controls);
        const counting = controls.filter(({ maxSeverity }) => maxSeverity !== "info");
        const nothing = counting.every(({ n }) => n === 0);
        expect(result.raw === null).toBe(nothing);
        expect(result.score === null).toBe(nothing || result.coverage < ENOUGH_COVERAGE);
        // Nothing to judge is said only where nothing was missed.
        expect(hasNothingToJudge(result)).toBe(nothing && counting.length > 0 && counting.every(({ unknown }) => unknown === 0));
      }),
    );
  });
  test("counts controls without subjects as met only beside others that have some", () => {
    const idle = control("b", "critical", 0, 0);
    expect(scoreLayer("container", [idle])).toMatchObject({ score: null, raw: null, lower: 0, upper: 100, coverage: 1 });
    expect(scoreLayer("container", [idle, { ...control("a", "low", 0, 0), unknown: 1 }])).toMatchObject({ score: null, raw: null, coverage: 0 });
    expect(scoreLayer("container", [{ ...control("a", "low", 0, 0), unknown: 1 }]).controls).toMatchObject([{ cost: 0 }]);
    expect(scoreLayer("container", [idle, control("a", "low", 1, 1)]).raw).toBeCloseTo(100 - 100 / 11, 9);
  });
  test("leaves a control out of scope whose source nobody switched on, and keeps it in scope once the source told something", () => {
    const asleep = { ...control("b", "critical", 0, 0), unknown: 3, isSwitchedOff: true };
    const never = scoreLayer("cluster", [control("a", "high", 1), asleep]);
    const told = scoreLayer("cluster", [control("a", "high", 1), { ...asleep, n: 3, failing: 2, worst: "critical", stale: 3 }]);
    expect(never).toMatchObject({ switchedOff: ["b"], coverage: 1 });
    expect([never.lower, never.upper]).toEqual([never.raw, never.raw]);
    expect(told).toMatchObject({ switchedOff: [], capReason: "critical" });
    expect(told.coverage).toBeCloseTo(6 / 16, 9);
  });
  test("covers less where what failed could not be assessed again, though nothing else was left out", () =>
    expect(scoreLayer("cluster", [{ ...control("a", "high", 3, 4), stale: 2 }]).coverage).toBeCloseTo(1 / 2, 9));
  test("does not move the raw score when a source that was never on counts as switched off instead of unreadable", () => {
    fc.assert(
      fc.property(layer, fc.nat(), (controls, index) => {
        const blind = (isSwitchedOff: boolean) =>
          scoreLayer(
            "cluster",
            change(controls, index, (c) => ({ ...c, n: 0, failing: 0, worst: null, unknown: 2, isSwitchedOff })),
          );
        expect(blind(true).raw).toEqual(blind(false).raw);
        expect(blind(true).coverage).toBeGreaterThanOrEqual(blind(false).coverage - 1e-9);
      }),
    );
  });
  test("says nothing under 60 % coverage", () => {
    const result = scoreLayer("cloud", [control("a", "high", 0), { ...control("b", "critical", 0, 0), unknown: 3 }]);
    expect(result.score).toBeNull();
    expect(result.raw).toBe(100);
    expect(result.coverage).toBeCloseTo(6 / 16, 9);
    expect(result.lower).toBeCloseTo(37.5, 9);
    expect(scoreLayer("cloud", [{ ...control("a", "high", 0, 3), unknown: 2 }])).toMatchObject({ coverage: ENOUGH_COVERAGE, score: 100 });
  });
  test("lies between all and none failing of what was not assessed, and what was as it is", () => {
    const { raw, lower, upper } = scoreLayer("cloud", [{ ...control("a", "medium", 5), unknown: 10 }]);
    const lost = (100 - (raw ?? 0)) / 2;
    expect([lower, upper].map((end) => 100 - end)).toEqual([expect.closeTo(lost + 50, 9), expect.closeTo(lost, 9)]);
  });
  test("takes no more than the price of a control for what was graver before people made it lighter, and caps for it as long as it is open", () => {
    const lightened = { ...control("a", "low", 2, 10), worst: "critical", stale: 2 } as const;
    const result = scoreLayer("cluster", [lightened, control("b", "low", 0)]);
    expect(result.controls.map(({ g }) => g)).toEqual([0.2, 0]);
    const ofNoWeight = { ...lightened, maxSeverity: "info" } as const;
    for (const open of [lightened, ofNoWeight])
      expect(scoreLayer("cluster", [open, control("b", "low", 0)])).toMatchObject({ score: 69, cap: 69, capReason: "critical" });
  });
});

describe("the headline", () => {
  const scored = (score: number) => ({ score, raw: score, cap: 100 });
  const unseen = (raw: number | null, cap = 100) => ({ score: null, raw, cap });
  test("is the weakest layer's score", () => expect(headlineScore([scored(80), scored(49), scored(60)])).toBe(49));
  test("is not said when the layer that was weakest cannot be seen any more", () => {
    expect(headlineScore([scored(80), unseen(60)])).toBeNull();
    expect(headlineScore([scored(80), unseen(95, 49)])).toBeNull();
  });
  test("stays when what cannot be seen was better, or was never seen", () => {
    expect(headlineScore([scored(49), unseen(60)])).toBe(49);
    expect(headlineScore([unseen(49), scored(49)])).toBe(49);
    expect(headlineScore([scored(49), unseen(null)])).toBe(49);
    expect(headlineScore([unseen(null)])).toBeNull();
  });
});

describe("the posture of a scope", () => {
  const controls = [
    { id: "net", layer: "cluster", severity: "high" },
    { id: "root", layer: "container", severity: "high" },
    { id: "sum", layer: "container", severity: "high", isRollUp: true },
  ] as const;
  const tally = (control: string, layer: "cluster" | "container", failing: number): Tally => ({
    ...{ control, layer, scope: "workload", n: 10, failing, waived: 0, unknown: 0, manual: 0, subsumed: 0, notApplicable: 0, stale: 0 },
    worst: failing > 0 ? "high" : null,
  });
  const postureWith = (cluster: number, container: number) =>
    toPostures(controls, [tally("net", "cluster", cluster), tally("root", "container", container), tally("sum", "container", 10)])[0];

  test("scores each layer by its own controls, and a sum of others not at all", () => {
    const counted = postureWith(0, 5)?.layers.map(({ layer, controls: own }) => `${layer}: ${own.map(({ control: id }) => id).join()}`);
    expect(counted).toEqual(["cloud: ", "cluster: net", "container: root", "code: "]);
  });
  test("counts what only people can judge neither as met nor as a gap", () => {
    const asks: Tally = { ...tally("net", "cluster", 0), n: 0, manual: 1 };
    const root = { id: "rbac", layer: "cluster", severity: "high" } as const;
    const scoreWith = (net: Tally) => toPostures([...controls, root], [net, tally("rbac", "cluster", 5)])[0]?.layers.find(({ layer }) => layer === "cluster");
    const alone = toPostures([root], [tally("rbac", "cluster", 5)])[0]?.layers.find(({ layer }) => layer === "cluster");
    expect(scoreWith(asks)).toEqual(alone);
    expect(scoreWith({ ...asks, notApplicable: 2 })).toEqual(alone);
    expect(toPostures(controls, [asks])[0]?.layers.find(({ layer }) => layer === "cluster")).toMatchObject({ score: null, coverage: 0 });
    // Beside what it asks, what it could tell counts.
    expect(scoreWith({ ...asks, n: 1 })?.raw).toBeGreaterThan(alone?.raw ?? 100);
  });
  test("names its weakest layer, of those that have a score", () => {
    expect(postureWith(0, 5)?.weakest).toBe("container");
    expect(postureWith(5, 0)?.weakest).toBe("cluster");
    expect(toPostures([], [])[0]?.weakest).toBeNull();
  });
});

describe("a control whose source is off, in a scope of which nothing was said", () => {
  const asked = { id: "asked", layer: "cluster", severity: "high" } as const;
  const off = { id: "off", layer: "cluster", severity: "high" } as const;
  const tally = {
    control: "asked",
    layer: "cluster",
    scope: "platform",
    n: 10,
    failing: 1,
    waived: 0,
    unknown: 0,
    manual: 0,
    subsumed: 0,
    notApplicable: 0,
    worst: "high",
    stale: 0,
  } as const;
  const silent = { ...tally, control: "off", n: 0, failing: 0, worst: null } as const;
  const scoreWith = (waitsForNothingElse: boolean, tallies: readonly Tally[] = [tally]) =>
    toPostures([asked, off], tallies, new Map([["off", waitsForNothingElse]]))
      .find(({ scope }) => scope === "platform")
      ?.layers.find(({ layer }) => layer === "cluster");

  test("counts as not assessed while it waits for something else too", () => {
    const unread = { ...silent, unknown: 3 };
    expect(scoreWith(true, [tally, unread])?.coverage).toBe(1);
    expect(scoreWith(false, [tally, unread])?.coverage).toBe(0.5);
  });
  test("stays out of the score when something else that it needs is lost as well", () => {
    expect(scoreWith(true)?.raw).toBeLessThan(100);
    expect(scoreWith(false)?.raw).toBe(scoreWith(true)?.raw);
    expect(scoreWith(false, [tally, silent])?.raw).toBe(scoreWith(true)?.raw);
  });
});
