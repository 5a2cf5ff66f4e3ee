import { fc } from "../model/testing-properties";
import { describe, expect, test } from "vitest";
import { SEVERITIES } from "../model/severity";
import { gainBetween } from "./gain";
import { type ScoredControl, scoreLayer } from "./score";
import { control } from "./testing";
import { type ControlChange, explainMove } from "./waterfall";

const arbitrary = fc.array(
  fc.record({ s: fc.constantFrom(...SEVERITIES), n: fc.integer({ min: 1, max: 30 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { minLength: 3, maxLength: 12 },
);
const toControls = (items: readonly { s: ScoredControl["maxSeverity"]; n: number; share: number }[]) =>
  items.map((c, i) => control(`c${i}`, c.s, Math.round(c.n * c.share), c.n));

type DropFirst<Args extends unknown[]> = Args extends [unknown, unknown, unknown, ...infer Rest] ? Rest : never;

const UNMOVED: Omit<ControlChange, "control"> = {
  ...{
    subjects: 0,
    movedBySettings: 0,
    movedByRelease: 0,
    openedNew: 0,
    openedExisting: 0,
    closedFixed: 0,
    closedGone: 0,
    covered: 0,
    uncovered: 0,
    bySettings: 0,
    byControl: 0,
  },
  worst: { openedNew: null, openedExisting: null, uncovered: null, bySettings: null, byControl: null },
  regraded: { byPeople: 0, byRules: 0 },
};

describe("the waterfall", () => {
  test("lays what a release weighs otherwise, or leaves out, at the catalogue's door", () => {
    const before = [control("a", "low", 5), control("b", "high", 5), control("c", "medium", 0)];
    const after = [control("a", "high", 5), control("c", "medium", 0)];
    const rows = explainMove("cluster", before, after, []).rows.filter((row) => Math.abs(row.points) > 1e-9);
    expect(rows.map((row) => row.cause)).toEqual(["catalogue"]);
  });
  test("tells no way to or from a layer with nothing to judge: its last workload gone is no gain, its first no loss", () => {
    const [empty, held] = [[control("a", "high", 0, 0)], [control("a", "high", 3)]];
    const gone = [{ ...UNMOVED, control: "a", subjects: -10, closedGone: 3 }];
    expect(explainMove("container", held, empty, gone)).toEqual({ layer: "container", from: scoreLayer("container", held).score, to: null, rows: [] });
    expect(explainMove("container", empty, held, [])).toMatchObject({ from: null, rows: [] });
    const [before, after] = [scoreLayer("container", held), scoreLayer("container", empty)];
    expect([gainBetween(before, after), gainBetween(after, before)]).toEqual([0, 0]);
  });
  test("adds up, whatever happened", () => {
    fc.assert(
      fc.property(
        arbitrary,
        arbitrary,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 9, maxLength: 9 }),
        (a, b, [x, y, z, w, u = 0, v = 0, subjects = 0, moved = 0, movedByRelease = 0]) => {
          const before = toControls(a);
          const after = toControls(b);
          const [openedNew = 0, openedExisting = 0, closedFixed = 0, closedGone = 0] = [x, y, z, w].map((n = 0) => Math.abs(n));
          const changes = before.map(({ control }) => ({
            ...UNMOVED,
            ...{ control, subjects, movedBySettings: moved, movedByRelease },
            ...{ openedNew, openedExisting, closedFixed, closedGone, covered: closedFixed, uncovered: openedNew, bySettings: u, byControl: v },
          }));
          const move = explainMove("cluster", before, after, changes);
          const [from, to] = [scoreLayer("cluster", before).raw, scoreLayer("cluster", after).raw];
          // What is not assessed at one end has not moved: it begins, or ends.
          if (from === null || to === null || move.from === null || move.to === null) {
            expect(move).toMatchObject({ from: from === null ? null : move.from, to: to === null ? null : move.to, rows: [] });
            return;
          }
          const rawSum = move.rows.filter((r) => r.cause !== "cap").reduce((sum, r) => sum + r.points, 0);
          expect(from + rawSum).toBeCloseTo(to, 6);
          const cap = move.rows.find((r) => r.cause === "cap")?.points ?? 0;
          expect(move.from + rawSum + cap).toBeCloseTo(move.to, 6);
        },
      ),
    );
  });
  test("tells of a cap that holds at the end, also where it takes as many points as before", () => {
    const capped = [control("a", "critical", 1, 500), control("b", "critical", 0)];
    const { rows, from, to } = explainMove("container", capped, capped, []);
    expect([from, to, ...rows.slice(-2).map(({ cause, points }) => `${cause} ${points}`)]).toEqual([69, 69, "without-cap 0", "cap 0"]);
  });
  test("gives a fix to the fix and a new failing object to the new object", () => {
    const rows = explainMove(
      "container",
      [control("a", "high", 4), control("b", "medium", 0)],
      [control("a", "high", 2), control("b", "medium", 1, 11)],
      [
        { ...UNMOVED, control: "a", closedFixed: 2 },
        { ...UNMOVED, control: "b", subjects: 1, openedNew: 1 },
      ],
    ).rows;
    const points = (cause: string) => rows.find((r) => r.cause === cause)?.points ?? 0;
    expect(points("fixed")).toBeGreaterThan(0);
    expect(points("new-resources")).toBeLessThan(0);
    expect(points("coverage")).toBeCloseTo(0, 9);
    expect(points("newly-failing")).toBeCloseTo(0, 9);
  });
  test("shows what was opened and fixed at the same time, and takes nothing for coverage where one failure took the place of another", () => {
    const pointsOf = (n: number, failing: number, change: Partial<ControlChange>) => {
      const stays = control("a", "high", failing, n);
      const { rows } = explainMove("container", [stays, control("b", "low", 0)], [stays, control("b", "low", 0)], [{ ...UNMOVED, control: "a", ...change }]);
      return Object.fromEntries(rows.filter((row) => Math.abs(row.points) > 1e-9).map((row) => [row.cause, row.points]));
    };
    const churn = pointsOf(10, 4, { openedExisting: 2, closedFixed: 2 });
    expect(Object.keys(churn)).toEqual(["newly-failing", "fixed"]);
    expect(churn.fixed).toBeCloseTo(-(churn["newly-failing"] ?? 0), 9);
    expect(pointsOf(3, 3, { openedExisting: 1, closedFixed: 1 })).toEqual({});
    expect(pointsOf(3, 3, { openedNew: 1, closedGone: 1 })).toEqual({});
    expect(Object.keys(pointsOf(3, 2, { openedNew: 1, closedGone: 1 }))).toEqual(["new-resources", "gone-resources"]);
  });
  test("gives what a graver finding covers to what brought that one, and what it covers no more to its fix", () => {
    const other = control("b", "low", 1);
    const causesOf = (before: ScoredControl, after: ScoredControl, change: Partial<ControlChange>) =>
      explainMove("container", [before, other], [after, other], [{ ...UNMOVED, control: "a", ...change }]).rows.flatMap((row) =>
        Math.abs(row.points) > 1e-9 && !row.cause.endsWith("cap") ? [row.cause] : [],
      );
    expect(causesOf(control("a", "high", 3, 10), control("a", "high", 1, 8), { covered: 2 })).toEqual(["newly-failing"]);
    expect(causesOf(control("a", "high", 1, 8), control("a", "high", 3, 10), { uncovered: 2, worst: { ...UNMOVED.worst, uncovered: "high" } })).toEqual([
      "fixed",
    ]);
    expect(causesOf(control("a", "high", 2, 2), control("a", "high", 0, 0), { covered: 2 })).toEqual(["newly-failing"]);
    const [graver, milder] = [control("a", "critical", 3, 10), { ...control("a", "critical", 1, 8), worst: "low" as const }];
    expect(causesOf(graver, milder, { covered: 2 })).toEqual(["newly-failing"]);
    expect(causesOf(milder, graver, { uncovered: 2, worst: { ...UNMOVED.worst, uncovered: "critical" } })).toEqual(["fixed"]);
  });
  test("gives a graver severity to what brought it: people, a new object, settings, or who rated it", () => {
    const at = (worst: ScoredControl["worst"], failing = 3): ScoredControl => ({ ...control("a", "critical", failing), worst });
    const causesOf = (before: ScoredControl, after: ScoredControl, change: Partial<ControlChange>) =>
      explainMove("container", [before], [after], [{ ...UNMOVED, control: "a", ...change }]).rows.flatMap((row) =>
        Math.abs(row.points) > 1e-9 && !row.cause.endsWith("cap") ? [row.cause] : [],
      );
    const none = UNMOVED.worst;
    expect(causesOf(at("low"), at("high"), { regraded: { byPeople: 0, byRules: 1 } })).toEqual(["catalogue"]);
    expect(causesOf(at("low"), at("high"), { regraded: { byPeople: 1, byRules: 0 }, worst: { ...none, openedExisting: "high" } })).toEqual(["newly-failing"]);
    expect(causesOf(at("high"), at("low"), { regraded: { byPeople: 1, byRules: 0 }, worst: { ...none, openedExisting: "low" } })).toEqual(["fixed"]);
    expect(causesOf(at("high"), at("low", 2), { closedFixed: 1 })).toEqual(["fixed"]);
    expect(causesOf(at("high"), at("low", 2), { closedGone: 1 })).toEqual(["gone-resources"]);
    expect(causesOf(at("high"), at("low", 2), { closedFixed: 1, regraded: { byPeople: 0, byRules: 2 } })).toEqual(["fixed", "catalogue"]);
    expect(causesOf(at("high"), at("low", 2), { closedGone: 1, regraded: { byPeople: 1, byRules: 0 } })).toEqual(["gone-resources", "fixed"]);
    const rated = { bySettings: 1, worst: { ...none, bySettings: "low" }, regraded: { byPeople: 0, byRules: 3 } } as const;
    expect(causesOf(at("low"), at("high", 4), rated)).toEqual(["settings", "catalogue"]);
    expect(causesOf(at("low"), at("high", 4), { openedNew: 1, worst: { ...none, openedNew: "high" } })).toEqual(["new-resources"]);
    expect(causesOf(at("low"), at("high", 4), { bySettings: 1, worst: { ...none, bySettings: "high" } })).toEqual(["settings"]);
  });
  test("tells what other rules closed and opened from what was fixed", () => {
    const before = [control("a", "high", 4), control("b", "medium", 0), control("c", "low", 5)];
    const after = [control("a", "high", 2), control("b", "medium", 1), control("c", "low", 1)];
    const { rows } = explainMove("container", before, after, [
      { ...UNMOVED, control: "a", bySettings: -2 },
      { ...UNMOVED, control: "b", bySettings: 1 },
      { ...UNMOVED, control: "c", byControl: -4 },
    ]);
    expect(rows.filter((row) => Math.abs(row.points) > 1e-9 && row.cause !== "cap").map((row) => row.cause)).toEqual(["settings", "catalogue"]);
  });
});

const causesOf = (before: ScoredControl[], after: ScoredControl[], ...rest: DropFirst<Parameters<typeof explainMove>>): string[] =>
  explainMove("container", before, after, ...rest)
    .rows.filter((row) => Math.abs(row.points) > 1e-9 && !row.cause.endsWith("cap"))
    .map((row) => row.cause);

describe("what only changes how many pass", () => {
  const [before, more] = [[control("a", "high", 4, 10)], [control("a", "high", 4, 16)]];
  test("is new or gone where objects came or went, also where no finding moved", () => {
    expect(causesOf(before, more, [{ ...UNMOVED, control: "a", subjects: 6 }])).toEqual(["new-resources"]);
    expect(causesOf(more, before, [{ ...UNMOVED, control: "a", subjects: -6 }])).toEqual(["gone-resources"]);
  });
  test("is coverage where as many were there as before", () => {
    expect(causesOf(before, more, [])).toEqual(["coverage"]);
    expect(causesOf(before, more, [{ ...UNMOVED, control: "a", subjects: 2 }])).toEqual(["new-resources", "coverage"]);
  });
  test("came or went with the objects, not with what began or ceased to fail at the same time", () => {
    const [few, many] = [control("a", "high", 1, 4), control("a", "high", 2, 6)];
    expect(causesOf([few], [many], [{ ...UNMOVED, control: "a", subjects: 2, openedExisting: 1 }])).toEqual(["new-resources", "newly-failing"]);
    expect(causesOf([many], [few], [{ ...UNMOVED, control: "a", subjects: -2, closedFixed: 1 }])).toEqual(["gone-resources", "fixed"]);
  });
  test("is of the objects or of coverage, not of the catalogue, where a control that both catalogues weigh is in scope at one end alone", () => {
    const [one, both] = [[control("b", "low", 0)], [control("a", "high", 4), control("b", "low", 0)]];
    const told = (from: ScoredControl[], to: ScoredControl[], weighed: readonly string[], subjects: number) =>
      causesOf(from, to, [{ ...UNMOVED, control: "a", subjects }], new Set(weighed));
    expect([told(one, both, ["a", "b"], 0), told(both, one, ["a", "b"], 0)]).toEqual([["coverage"], ["coverage"]]);
    expect([told(one, both, ["a", "b"], 10), told(both, one, ["a", "b"], -10)]).toEqual([["new-resources"], ["gone-resources"]]);
    expect([told(one, both, ["b"], 10), told(both, one, ["b"], -10)]).toEqual([["catalogue"], ["catalogue"]]);
  });
  test("is newly failing where a control comes into scope by what fails: it only asked people to look, or did not apply", () => {
    const change = { ...UNMOVED, control: "a", openedExisting: 1, worst: { ...UNMOVED.worst, openedExisting: "high" as const } };
    const [one, both] = [[control("b", "low", 0)], [control("a", "high", 1, 1), control("b", "low", 0)]];
    expect(causesOf(one, both, [change], new Set(["a", "b"]))).toEqual(["newly-failing"]);
    expect(causesOf(one, both, [{ ...change, subjects: 1 }], new Set(["a", "b"]))).toEqual(["new-resources"]);
  });
  test("goes with what fails where it did not apply before, and with what is fixed by its not applying any more", () => {
    const [all, fewer] = [
      [control("a", "high", 4, 4), control("b", "low", 1)],
      [control("a", "high", 3, 3), control("b", "low", 1)],
    ];
    expect(causesOf(all, fewer, [{ ...UNMOVED, control: "a", closedFixed: 1 }])).toEqual([]);
    expect(causesOf(fewer, all, [{ ...UNMOVED, control: "a", openedExisting: 1 }])).toEqual([]);
    expect(causesOf(fewer, fewer, [{ ...UNMOVED, control: "a", openedNew: 1, closedFixed: 1 }])).toEqual([]);
    const swap = { ...UNMOVED, control: "a", openedExisting: 1, closedFixed: 1 };
    expect(causesOf([control("a", "high", 3, 3)], [control("a", "high", 3, 4)], [swap])).toEqual(["fixed"]);
    expect(causesOf([control("a", "high", 1, 4)], [control("a", "high", 0, 3)], [{ ...UNMOVED, control: "a", closedFixed: 1 }])).toEqual(["fixed"]);
    expect(causesOf([control("a", "high", 1, 3)], [control("a", "high", 2, 4)], [{ ...UNMOVED, control: "a", openedExisting: 1 }])).toEqual(["newly-failing"]);
  });
  test("is of the settings where they brought subjects into scope, or took them out, with the findings that they opened or closed", () => {
    const low = control("b", "low", 0);
    const bySettings = (count: number, more: Partial<ControlChange> = {}) => [{ ...UNMOVED, control: "a", bySettings: count, ...more }];
    const [one, both, weighed] = [[low], [control("a", "high", 4, 5), low], new Set(["a", "b"])];
    expect([causesOf(one, both, bySettings(4), weighed), causesOf(both, one, bySettings(-4), weighed)]).toEqual([["settings"], ["settings"]]);
    expect(causesOf(one, both, bySettings(3, { subjects: 1, openedNew: 1 }), weighed)).toEqual(["settings"]);
    expect(causesOf(one, both, bySettings(1, { subjects: 5, openedNew: 3 }), weighed)).toEqual(["new-resources"]);
    const [few, all] = [
      [control("a", "high", 0, 4), low],
      [control("a", "high", 1, 5), low],
    ];
    expect([causesOf(few, all, bySettings(1)), causesOf(all, few, bySettings(-1))]).toEqual([["settings"], ["settings"]]);
    expect(causesOf(few, [control("a", "high", 3, 9), low], bySettings(1))).toEqual(["settings", "coverage"]);
  });
  test("is of the settings where people switched it off or on, or gave it another weight", () => {
    const [off, on, light] = [[control("b", "low", 0)], [control("a", "high", 4), control("b", "low", 0)], [control("a", "low", 4), control("b", "low", 0)]];
    const told = (from: ScoredControl[], to: ScoredControl[]) => causesOf(from, to, [], new Set(["b"]), new Set(["a"]));
    expect([told(off, on), told(on, off), told(on, light), told(light, on)]).toEqual([["settings"], ["settings"], ["settings"], ["settings"]]);
    expect(told(on, [control("a", "low", 4, 40), control("b", "low", 0)])).toEqual(["settings", "coverage"]);
  });
  test("is not of the settings where something else was refused or took subjects out of scope meanwhile, or more went than they left", () => {
    const low = control("b", "low", 0);
    const told = (from: ScoredControl, to: ScoredControl, change: Partial<ControlChange>) =>
      causesOf([from, low], [to, low], [{ ...UNMOVED, control: "a", ...change }]);
    expect(told(control("a", "high", 2, 10), { ...control("a", "high", 1, 4), unknown: 6 }, { bySettings: -1 })).toEqual(["settings", "coverage"]);
    expect(told(control("a", "high", 0, 30), control("a", "high", 6, 7), { subjects: -14, bySettings: 6 })).toEqual(["settings", "coverage"]);
    const { rows } = explainMove(
      "container",
      [control("a", "medium", 8, 17), low],
      [control("a", "medium", 3, 4), low],
      [{ ...UNMOVED, ...{ control: "a", subjects: -21, openedExisting: 2, closedGone: 2, bySettings: -5 } }],
    );
    expect(rows.find(({ cause }) => cause === "settings")?.points).toBeGreaterThan(0);
  });
  test("is of what came or went with its findings, also of a control that has another weight now", () => {
    const [one, both] = [[control("b", "low", 0)], [control("a", "high", 2, 3), control("b", "low", 0)]];
    const told = (from: ScoredControl[], to: ScoredControl[], change: Partial<ControlChange>, tuned: readonly string[] = []) =>
      causesOf(from, to, [{ ...UNMOVED, control: "a", ...change }], new Set(["a", "b"]), new Set(tuned));
    expect(told(one, both, { subjects: 3, openedNew: 2 }, ["a"])).toEqual(["new-resources"]);
    expect(told(both, one, { subjects: -3, closedGone: 2 }, ["a"])).toEqual(["gone-resources"]);
    expect([told(one, both, { subjects: -1, openedNew: 2 }), told(both, one, { subjects: 1, closedGone: 2 })]).toEqual([["new-resources"], ["gone-resources"]]);
    expect(told(one, both, { openedNew: 1, openedExisting: 2 })).toEqual(["newly-failing"]);
    expect([told(one, both, { subjects: -1 }), told(both, one, { subjects: 1 })]).toEqual([["coverage"], ["coverage"]]);
  });
  test("is of the objects where the first came that it does not apply to, or the last of them went", () => {
    const [out, met] = [[control("b", "low", 1)], [control("a", "high", 0, 0), control("b", "low", 1)]];
    const told = (from: ScoredControl[], to: ScoredControl[], subjects: number) =>
      causesOf(from, to, [{ ...UNMOVED, control: "a", subjects }], new Set(["a", "b"]));
    expect([told(met, out, 1), told(out, met, -1)]).toEqual([["new-resources"], ["gone-resources"]]);
  });
  test("is of the settings where they moved subjects to the platform, and nothing went", () => {
    expect(causesOf(more, before, [{ ...UNMOVED, control: "a", movedBySettings: -6 }])).toEqual(["settings"]);
    expect(causesOf(more, before, [{ ...UNMOVED, control: "a", movedByRelease: -6 }])).toEqual(["catalogue"]);
    const fixed = [control("a", "high", 3, 10)];
    expect(causesOf(more, fixed, [{ ...UNMOVED, control: "a", movedBySettings: -6, closedFixed: 1 }])).toEqual(["fixed", "settings"]);
    expect(causesOf(more, fixed, [{ ...UNMOVED, control: "a", movedByRelease: -6, closedFixed: 1 }])).toEqual(["fixed", "catalogue"]);
    expect(causesOf(more, [control("a", "high", 4, 12)], [{ ...UNMOVED, control: "a", subjects: 2, movedBySettings: -6 }])).toEqual([
      "new-resources",
      "settings",
    ]);
  });
});
