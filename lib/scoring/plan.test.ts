import { describe, expect, test } from "vitest";
import { effectiveScore, findingPoints, gainOfControl } from "./gain";
import { planFixes } from "./plan";
import { scoreLayer } from "./score";
import { control } from "./testing";

describe("the plan", () => {
  test("lifts the cap first, then takes the most points, and its gains add up", () => {
    const controls = [control("critical", "critical", 1, 200), control("wide", "medium", 190, 200), control("other", "high", 20, 200)];
    const steps = planFixes([{ layer: "container", controls }], 5);
    expect(steps.map((s) => s.control)).toEqual(["critical", "wide", "other"]);
    expect(steps.at(-1)?.to).toBeCloseTo(100, 9);
    for (const [i, step] of steps.entries()) if (i > 0) expect(step.from).toBeCloseTo(steps[i - 1]?.to ?? 0, 9);
  });
});

describe("the plan under a cap that two controls hold", () => {
  test("takes what fails less gravely for no part of the cap, whatever it costs", () => {
    const idle = ["c1", "c2"].map((id) => control(id, "critical", 0, 200));
    const controls = [control("grave", "critical", 1, 200), control("wide", "high", 200, 200), ...idle];
    expect(planFixes([{ layer: "container", controls }], 5).map((step) => step.control)).toEqual(["grave", "wide"]);
  });

  test("keeps the two together, and does not put steps that gain nothing before those that gain", () => {
    const cluster = [control("c1", "critical", 1, 100), control("c2", "critical", 1, 100), control("c3", "low", 0, 100)];
    const code = [control("d1", "high", 50, 100), control("d2", "medium", 0, 100)];
    const steps = planFixes(
      [
        { layer: "cluster", controls: cluster },
        { layer: "code", controls: code },
      ],
      5,
    );
    expect(steps.map((step) => step.control)).toEqual(["d1", "c1", "c2"]);
    expect(steps.at(-1)?.to).toBeCloseTo(100, 9);
  });

  test("does not begin to lift a cap with too few steps to lift it, while others gain", () => {
    const names = Array.from({ length: 12 }, (_, index) => `c${index + 1}`);
    const container = names.map((id, index) => control(id, "critical", index < 3 ? 1 : 0, 100));
    const code = [control("d1", "low", 2, 100), control("d2", "low", 0, 100), control("d3", "medium", 0, 100)];
    const layers = [
      { layer: "container", controls: container },
      { layer: "code", controls: code },
    ] as const;
    expect(planFixes(layers, 2).map((step) => step.control)[0]).toBe("d1");
    expect(planFixes(layers, 3).map((step) => step.control)).toEqual(["c1", "c2", "c3"]);
    expect(planFixes(layers, 4).map((step) => step.control)).toEqual(["c1", "c2", "c3", "d1"]);
  });

  test("takes for what each of them is worth its share of the points that they win together", () => {
    const container = Array.from({ length: 12 }, (_, index) => control(`c${index + 1}`, "critical", index < 3 ? 1 : 0, 500));
    const code = ["d1", "d2", "d3", "d4"].map((id, index) => control(id, "medium", index === 0 ? 10 : 0));
    const [first] = planFixes(
      [
        { layer: "container", controls: container },
        { layer: "code", controls: code },
      ],
      5,
    );
    expect(first).toMatchObject({ control: "d1", from: 75, to: 100 });
  });

  test("begins with the one that costs more, and of two that cost the same with the fewest objects", () => {
    const stepsOf = (controls: Parameters<typeof control>[]) =>
      planFixes([{ layer: "container", controls: controls.map((of) => control(...of)) }], 5).map((step) => step.control);
    expect(
      stepsOf([
        ["c1", "critical", 1, 100],
        ["c2", "critical", 50, 100],
        ["c3", "critical", 0, 100],
      ]),
    ).toEqual(["c2", "c1"]);
    expect(
      stepsOf([
        ["a", "medium", 10, 20],
        ["b", "medium", 5, 10],
      ]),
    ).toEqual(["b", "a"]);
  });
});

describe("points of a finding", () => {
  test("are the shared cost of its control while no cap holds", () => {
    const controls = [control("a", "medium", 5), control("b", "medium", 9)];
    const score = scoreLayer("code", controls);
    expect(findingPoints(score, controls).get("a")?.points).toBeCloseTo((score.controls[0]?.cost ?? 0) / 5, 9);
    expect(gainOfControl(score, controls, "a")).toBeCloseTo(score.controls[0]?.cost ?? 0, 9);
  });
  test("are the whole gain when one fix lifts the cap, and in brackets under the same cap", () => {
    const controls = [control("critical", "critical", 1, 500), control("b", "medium", 9, 500), control("c", "high", 0, 500)];
    const score = scoreLayer("container", controls);
    const points = findingPoints(score, controls);
    expect(points.get("critical")).toMatchObject({ isBracketed: false });
    expect(points.get("critical")?.points).toBeGreaterThan(20);
    expect(points.get("b")?.isBracketed).toBe(true);
    expect(effectiveScore(score)).toBe(69);
    const two = [control("critical", "critical", 2, 500), ...controls.slice(1)];
    expect(findingPoints(scoreLayer("container", two), two).get("critical")?.isBracketed).toBe(true);
  });
});
