import { describe, expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { deployment } from "../inventory/testing";
import { countCpuMs } from "../model/testing-cpu-ms";
import { toOwnControl } from "../controls/own/own-control";
import { evaluate } from "./testing-cel";

const OBJECT = {
  l: [1, 2, 3],
  names: ["a", "b", "a"],
  labels: { team: "shop", app: "web" },
  n: 1,
  s: "x",
  empty: {},
  none: [],
};

/** What the expression makes false of a Deployment, by path. */
function shown(expression: string): readonly string[] {
  const inventory = buildInventory(
    [deployment({ name: "web", labels: { team: "shop", app: "" }, podSpec: { tolerations: [{ key: "a" }, { key: "b" }] } })],
    WHOLE_CLUSTER,
  );
  const control = { id: "own-rule", title: "t", layer: "container", severity: "low", subject: "Deployment", message: "m", fix: "f", expression } as const;
  return [...judge(inventory, [toOwnControl(control, () => 0)])].flatMap(({ evidence }) => evidence.map(({ path, value }) => `${path} = ${value}`));
}

describe("loops of two variables", () => {
  test.each([
    "[1, 2, 3].all(i, j, i < j)",
    "!{'hello': 'world', 'taco': 'taco'}.all(k, v, k != v)",
    "{'h': ['hello', 'hi'], 'j': ['joke', 'jog']}.all(k, vals, vals.all(v, v.startsWith(k)))",
    "{'greeting': 'hello', 'farewell': 'goodbye'}.exists(k, v, k.startsWith('good') || v.endsWith('bye'))",
    "![1, 2, 4, 8, 16].exists(i, v, v == 1024 && i == 10)",
    "![1, 2, 1, 3, 1, 4].existsOne(i, v, i == 1 || v == 1)",
    "[1, 1, 2, 2, 3, 3].exists_one(i, v, i == 2 && v == 2)",
    "object.labels.existsOne(k, v, k == 'l' || v == 'web')",
    "[1, 2, 3].transformList(i, v, (i * v) + v) == [1, 4, 9]",
    "[1, 2, 3].transformList(i, v, i % 2 == 0, (i * v) + v) == [1, 9]",
    "object.labels.transformList(k, _, k).all(k, k in ['team', 'app']) && object.labels.transformList(_, v, v).size() == 2",
    "[1, 2, 3].transformMap(i, v, (i * v) + v) == {0: 1, 1: 4, 2: 9}",
    "[1, 2, 3].transformMap(i, v, i % 2 == 0, (i * v) + v) == {0: 1, 2: 9}",
    "{'greeting': 'hello'}.transformMap(k, v, v + '!') == {'greeting': 'hello!'}",
    "{'greeting': 'hello'}.transformMapEntry(k, v, {v: k}) == {'hello': 'greeting'}",
    "object.l.transformMapEntry(i, v, v > 1, {v: i}) == {2: 1, 3: 2}",
    "object.names.transformMap(i, v, v).transformList(i, v, v == 'a', i).transformMap(i, v, v) == {0: 0, 1: 2}",
    "object.names.all(i, v, object.names.all(j, w, i == j || v != w || v == 'a'))",
    "object.empty.all(k, v, false) && !object.none.exists(i, v, true) && object.empty.transformMap(k, v, 1) == {}",
    // One answer that decides outweighs an error, as with one variable.
    "object.l.exists(i, v, v == 3 || object.gone) && !object.l.all(i, v, v < 3 && (i > 0 || object.gone))",
    "object.l.all(i, v, object.?m.optMap(x, x.size() == v).orValue(true))",
    "optional.of(object.labels).optMap(m, m.all(k, v, k != v)).orValue(false)",
    "has(object.labels.team) && object.labels.exists(object, v, object == 'team')",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression, OBJECT)).toBe(true);
  });

  test.each([
    ["object.names.transformMapEntry(i, v, {v: i}) == {}", /two entries of one key/],
    ["object.names.transformMapEntry(i, v, v) == {}", /a map of each entry/],
    ["object.s.all(i, v, true)", /neither a list nor a map/],
    ["object.n.exists(i, v, true)", /neither a list nor a map/],
    ["object.l.all(i, v, v > 2 || object.gone)", /field not found: gone/],
    ["object.l.existsOne(i, v, object.gone)", /field not found: gone/],
  ])("say why they have no answer: %s", (expression, reason) => {
    expect(evaluate(expression, OBJECT)).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  test.each([
    ["object.labels.all(k, k, k != '')", "all takes a variable and an expression, or two variables of different names: `m.all(k, v, v != '')`."],
    ["object.labels.exists(k, v, w, true)", "exists takes a variable and an expression, or two variables of different names: `m.exists(k, v, v != '')`."],
    [
      "object.labels.filter(k, v, v != '') == []",
      "filter takes a variable and an expression, such as `m.filter(k, m[k] != '')`: of a map the variable is the key.",
    ],
    [
      "object.labels.transformList(k, v) == []",
      "transformList takes two variables of different names and an expression, such as `m.transformList(k, v, v + '!')`.",
    ],
    ["object.labels.all(k, v, v) && v", "There is no variable called v; this subject has object."],
    ["object.labels.transformList(k, v, v)", "The expression gives a list, never true or false: ask about its items, as in ….all(item, …), or size(…) > 0."],
    ["object.l.all(a, b, b.all(c, d, d.all(e, f, f.all(g, h, true))))", "Loops are nested more than 3 deep."],
  ])("are refused where they cannot be read: %s", (expression, problem) => {
    expect(evaluate(expression, OBJECT)).toBe(problem);
  });

  test("pay for each turn, and for the maps that they make", () => {
    const many = Array.from({ length: 900 }, (_, index) => index);
    expect(evaluate("object.l.all(i, a, object.l.all(j, b, a + b >= 0))", { l: many })).toMatchObject({
      reason: expect.stringMatching(/more than 50,000 steps/),
    });
    expect(evaluate("object.l.transformMap(i, a, object.l) == {}", { l: many })).toMatchObject({ reason: expect.stringMatching(/more than/) });
    expect(evaluate("object.l.transformMap(i, a, a).size() > 0", { l: [...many, ...many] })).toMatchObject({ reason: expect.stringMatching(/more than/) });
  });

  test.each(["==", "!=", "in"])("pay for what %s compares, also where a few loops make lists of a billion items", (operator) => {
    const many = `[[1]]${".map(v, [v, v])".repeat(28)}`;
    const asked = operator === "in" ? `${many} in [${many}]` : `${many} ${operator} ${many}`;
    const cpuMs = countCpuMs();
    expect(evaluate(asked)).toMatchObject({ reason: expect.stringMatching(/more than 50,000 steps/) });
    expect(cpuMs()).toBeLessThan(5_000);
    expect(evaluate("object.l.all(v, v in object.l && object.l == object.l) && object.l != [object.l]", { l: Array.from({ length: 400 }, (_, i) => i) })).toBe(
      true,
    );
  });

  test("show the entries that fail, and no others", () => {
    expect(shown("object.metadata.labels.all(k, v, v != '')")).toEqual(["metadata.labels.app = "]);
    expect(shown("!object.metadata.labels.exists(k, v, k == 'team' && v == 'shop')")).toEqual(["metadata.labels.team = shop"]);
    expect(shown("pod.spec.tolerations.all(i, t, t.key != 'b')")).toEqual([expect.stringMatching(/spec\.tolerations\[1\]\.key = b$/)]);
    expect(shown("pod.spec.tolerations.all(i, t, i != 1)")).toEqual([expect.stringMatching(/spec\.tolerations\[1\]/)]);
    expect(shown("object.metadata.labels.existsOne(k, v, true)")).toEqual([expect.stringMatching(/^metadata\.labels/)]);
  });
});

describe("sets", () => {
  test.each([
    "sets.contains([], []) && !sets.contains([], [1]) && sets.contains([1, 2, 3, 4], [2, 3]) && sets.contains([dyn(1), dyn(2.0), dyn(3u)], [dyn(1.0), dyn(2u), dyn(3)])",
    "sets.equivalent([], []) && sets.equivalent([1], [1, 1]) && sets.equivalent([dyn(1)], [dyn(1u), dyn(1.0)]) && sets.equivalent([dyn(1), dyn(2), dyn(3)], [dyn(3u), dyn(2.0), dyn(1)]) && !sets.equivalent([1], [1, 2])",
    "!sets.intersects([1], []) && sets.intersects([1], [1, 2]) && sets.intersects([dyn([1]), dyn([2, 3])], [dyn([1, 2]), dyn([dyn(2), dyn(3.0)])])",
    "sets.contains(object.names, ['a', 'b']) && !sets.intersects(object.names, object.labels.transformList(k, v, v))",
    "object.l.all(v, sets.contains(object.l, [v]))",
    "sets.contains(sets.contains([1], [1]) ? [1, 2] : [], object.l.filter(v, sets.intersects([v], [1, 2])))",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression, OBJECT)).toBe(true);
  });

  test("are asked of lists alone", () => {
    for (const expression of ["sets.contains(object.labels, ['team'])", "sets.intersects(object.l, object.labels)", "sets.equivalent(object.s, object.s)"])
      expect(evaluate(expression, OBJECT)).toMatchObject({ reason: expect.any(String) });
    expect(evaluate("sets.unite(object.l, object.l) == []", OBJECT)).toMatch(/^There is no (?:function|variable) called/);
  });

  test("pay for each item, and show what is in no set", () => {
    const l = Array.from({ length: 900 }, (_, index) => index);
    expect(evaluate("sets.equivalent(object.l, object.l)", { l })).toMatchObject({ reason: expect.stringMatching(/more than 50,000 steps/) });
    expect(shown("sets.contains(['a'], pod.spec.tolerations.map(t, t.key))")).toEqual([expect.stringMatching(/spec\.tolerations/)]);
    expect(shown("sets.contains(['a'], [object.metadata.name])")).toEqual(["metadata.name = web"]);
  });
});

describe("versions", () => {
  test.each([
    "isSemver('1.0.0') && !isSemver('hello') && !isSemver('v1.0') && isSemver('v1.0', true) && isSemver('1.0', true) && !isSemver('1.0', false)",
    "semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3",
    "semver('v01.02', true) == semver('1.2.0') && semver('1.2.3+a') == semver('1.2.3+b') && semver('1.2.3-a') != semver('1.2.3')",
    "semver('1.2.3').compareTo(semver('1.2.3')) == 0 && semver('1.2.3').compareTo(semver('2.0.0')) == -1 && semver('1.2.3').compareTo(semver('0.1.2')) == 1",
    "semver('1.9.0').isLessThan(semver('1.10.0')) && semver('1.10.0').isGreaterThan(semver('1.9.9'))",
    "['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0'].all(i, v, i == 0 || semver('1.0.0-alpha').isLessThan(semver(v)))",
    "semver('1.0.0-beta.2').isLessThan(semver('1.0.0-beta.11')) && semver('1.0.0-1').isLessThan(semver('1.0.0-a')) && semver('1.0.0-a.b').isGreaterThan(semver('1.0.0-a'))",
    "!isSemver('01.0.0') && isSemver('01.0.0', true) && !isSemver('1.0.0-01') && !isSemver('1.0.0-') && !isSemver('1.0.0+') && !isSemver('1.0.0-a..b') && !isSemver('1.0') && !isSemver(' 1.0.0')",
    "!isSemver('v1.0-alpha', true) && isSemver('v1.0.0-alpha', true) && isSemver('0', true) && isSemver('00.00.00', true) && !isSemver('', true) && !isSemver('vv1', true) && !isSemver('-1', true)",
    "isSemver('18446744073709551615.0.0') && !isSemver('18446744073709551616.0.0') && !isSemver('1.2.3.4') && !isSemver('1.2.3.4', true)",
    "isSemver('1.0.0-x-y.7+build.01') && !isSemver('1.0.0-x_y') && isSemver('1.0.0--') && isSemver('1.0.0-0') && !isSemver('1.0.0-18446744073709551616')",
    "quantity('1Gi').compareTo(quantity('1024Mi')) == 0 && quantity('1').isLessThan(quantity('2'))",
  ])("are as in Kubernetes: %s", (expression) => {
    expect(evaluate(expression, OBJECT)).toBe(true);
  });

  test.each([
    ["semver('1.0').major() == 1", /"1\.0" is no version such as 1\.2\.3/],
    ["semver('1.0.0').compareTo(quantity('1')) == 0", /no semver\(…\)/],
    ["quantity('1').isLessThan(semver('1.0.0'))", /no quantity\(…\)/],
    ["object.labels.major() == 1", /no semver\(…\)/],
  ])("say why they are none: %s", (expression, reason) => {
    expect(evaluate(expression, OBJECT)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
