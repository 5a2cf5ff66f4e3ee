import { describe, expect, test } from "vitest";
import { deployment } from "../inventory/testing";
import { testCommand } from "./testing-command";

const { write, run } = testCommand("own");

function scanWith(controls: string | object, name = "controls.yaml") {
  const file = write(name, typeof controls === "string" ? controls : JSON.stringify(controls));
  const input = JSON.stringify(deployment({ name: "cart", labels: { team: "shop" } }));
  const { err, ...rest } = run(["--controls", file, "--format", "json", "--all", "-"], { input });
  return { ...rest, err: err.replace(file, "FILE") };
}

const GOOD = {
  id: "team-label-missing",
  layer: "cluster",
  severity: "low",
  message: "It does not say which team owns it.",
  expression: "has(object.metadata.labels) && 'team' in object.metadata.labels",
};

describe("--controls", () => {
  test("judges the controls of a YAML file beside the built-in ones", () => {
    const yaml = `
controls:
  - id: three-replicas
    layer: container
    severity: high
    message: Fewer than three replicas run.
    expression: object.spec.replicas >= 3
  - id: team-label-missing
    title: Workloads name their team
    layer: cluster
    severity: low
    subject: workload
    message: It does not say which team owns it.
    fix: Add the label \`team\`.
    expression: |
      has(object.metadata.labels) &&
      'team' in object.metadata.labels
`;
    const { out, status } = scanWith(yaml);
    const { results, catalogueVersion } = JSON.parse(out) as { catalogueVersion: string; results: { control: string; state: string; evidence: unknown[] }[] };
    expect(results.find(({ control }) => control === "three-replicas")).toMatchObject({
      state: "fail",
      severity: "high",
      layer: "container",
      evidence: [{ path: "spec.replicas", value: "2", message: "Fewer than three replicas run." }],
    });
    expect(results.find(({ control }) => control === "team-label-missing")?.state).toBe("pass");
    expect(results.some(({ control }) => control === "container-privileged")).toBe(true);
    expect(catalogueVersion).toContain("+");
    expect(status).toBe(1);
  });
  test("says of what passes nothing that is wrong of it, where the file gives no title", () => {
    const input = JSON.stringify(deployment({ labels: { team: "shop" } }));
    const { out } = run(["--controls", write("untitled.json", JSON.stringify([GOOD])), "--only", GOOD.id, "--all", "-"], { input });
    expect(out).toContain("passes   Own control team-label-missing");
    expect(out).not.toContain("does not say");
  });
  test("reads JSON too", () => {
    expect(scanWith([GOOD], "controls.json").out).toContain('"control": "team-label-missing"');
  });
  test.each<readonly [string, string | object, string]>([
    ["what is neither YAML nor JSON", "a: [", "--controls: FILE is neither YAML nor JSON"],
    ["no list", "just words", "--controls: FILE has no list of controls."],
    [
      "an id that is taken",
      [{ ...GOOD, id: "container-privileged" }],
      "--controls: control 1 of FILE takes the id of a built-in control, container-privileged.",
    ],
    ["an id that a control once had", [{ ...GOOD, id: "image-tag-latest" }], "takes the id of a built-in control, image-tag-latest."],
    ["an id twice", [GOOD, GOOD], "--controls: FILE has two controls called team-label-missing."],
    ["an id with spaces", [{ ...GOOD, id: "Team label" }], "control 1 of FILE: id: an id is made of lower-case letters"],
    ["a word that means nothing", [{ ...GOOD, exprssion: "true" }], "control 1 of FILE: unknown field: exprssion."],
    ["a severity that there is not", [{ ...GOOD, severity: "awful" }], "control 1 of FILE: severity must be one of critical, high, medium, low, info."],
    ["no expression", [{ ...GOOD, expression: undefined }], "control 1 of FILE: expression is missing."],
    ["an expression that cannot be read", [{ ...GOOD, expression: "object.(" }], "control 1 of FILE, team-label-missing: Line 1, column "],
    ["a subject that there is not", [{ ...GOOD, subject: "Podd" }], "There is no subject called Podd"],
    ["an expression of 10 MB", [{ ...GOOD, expression: "x".repeat(10_000_000) }], "--controls: FILE is larger than 4 MiB."],
    ["a long expression", [{ ...GOOD, expression: `'${"x".repeat(5000)}' != ''` }], "expression: the expression has more than 2,000 characters."],
    ["no object", ["text"], "control 1 of FILE: it must be an object."],
  ])("refuses %s in one sentence, and judges nothing", (_, controls, message) => {
    const { out, err, status } = scanWith(controls);
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect([status, out]).toEqual([2, ""]);
  });
  test("refuses a file that is not there", () => {
    const { status, err } = run(["--controls", "/nowhere/x.yaml", "-"], { input: "{}" });
    expect([status, err]).toEqual([2, "--controls: /nowhere/x.yaml does not exist.\n"]);
  });
  test("bounds an expression that would never end, and judges the rest", () => {
    const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(",")}]`;
    const greedy = { ...GOOD, id: "own-greedy", expression: `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))` };
    const { results } = JSON.parse(scanWith([greedy, GOOD]).out) as { results: { control: string; state: string; reason?: string }[] };
    expect(results.find(({ control }) => control === "own-greedy")).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("more than 50,000 steps"),
    });
    expect(results.find(({ control }) => control === "team-label-missing")?.state).toBe("pass");
  });
});
