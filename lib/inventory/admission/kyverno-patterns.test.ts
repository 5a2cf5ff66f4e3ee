import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { celOfRule } from "./kyverno-questions";
import { answerTo } from "./testing-kyverno-cel";

const holds = (validate: JsonRecord, object: JsonRecord) => answerTo(celOfRule(validate, false), object);

describe("a pattern of Kyverno", () => {
  test.each<[pattern: unknown, met: readonly unknown[], unmet: readonly unknown[]]>([
    ["false", [false, "false"], [true, "true"]],
    [true, [true], [false]],
    [8080, [8080], [80]],
    ["8080", [8080, "8080"], [80, "80"]],
    [null, [null, "", 0, false], ["a", 1, true]],
    [">0", [1], [0]],
    ["<=1024 & !22", [80], [22, 2000]],
    ["10-20 | 30-40", [10, 20, 35], [9, 21, 41]],
    ["10!-20", [9, 21], [10, 15, 20]],
    ["eu.corp/* | us.corp/*", ["eu.corp/app", "us.corp/a/b"], ["eu.corp.example.net/app", "example.net/eu.corp/app"]],
    ["*.corp/*/app:?", ["eu.corp/team/app:1", "eu.corp/a/b/app:1"], ["eucorp/team/app:1", "eu.corp/team/app:", "eu.corp/team/app:10"]],
    ["*:latest", ["app:latest"], ["app:latest-1"]],
    ["*@*", ["app@sha256:a"], ["app:1"]],
    ["!*:latest & !docker.io/*", ["corp/app:1"], ["app:latest", "docker.io/app:1"]],
    ["?*", ["a", 1], [""]],
    ["*", ["", 0], []],
    ["", [""], ["a"]],
  ])("of the value %j", (pattern, met, unmet) => {
    const validate = { pattern: { "=(key)": pattern } };
    expect(met.map((key) => holds(validate, { key }))).toEqual(met.map(() => true));
    expect(unmet.map((key) => holds(validate, { key }))).toEqual(unmet.map(() => false));
    expect(holds(validate, {})).toBe(true);
  });

  test.each<[pattern: unknown, isMet: boolean | null]>([
    [null, true],
    [0, false],
    [false, false],
    ["false", false],
    ["!true", false],
    ["*", false],
    ["?*", false],
    ["1.corp/*", false],
    // Kyverno compares 0 with these.
    ["0", true],
    ["<1024", true],
    ["<=0", true],
    [">=0", true],
    ["a | !22", true],
    ["0-10", true],
    ["5!-10", true],
    ["!0", false],
    [">0", false],
    ["<0", false],
    [">=1", false],
    ["1000", false],
    ["5-10", false],
    ["0!-10", false],
    ["<1024 & >0", false],
  ])("of the value %j that is not there", (pattern, isMet) => {
    expect(holds({ pattern: { key: pattern } }, {})).toBe(isMet);
  });

  test.each<[pattern: JsonRecord, met: readonly JsonRecord[], unmet: readonly JsonRecord[]]>([
    [{ "X(a)": "null" }, [{}, { b: 1 }], [{ a: 1 }]],
    [{ "=(a)": { b: "c" } }, [{}, { a: { b: "c" } }], [{ a: {} }, { a: { b: "d" } }]],
    [{ a: {} }, [{ a: {} }, { a: { b: 1 } }], [{}]],
    [{ a: [{ "=(b)": "c" }] }, [{ a: [] }, { a: [{}, { b: "c" }] }], [{}, { a: [{ b: "c" }, { b: "d" }] }]],
    [{ drop: "b | c" }, [{ drop: ["b", "c"] }, { drop: [] }], [{ drop: ["b", "d"] }, {}]],
    [{ "=(add)": "!b" }, [{ add: ["c"] }, {}], [{ add: ["c", "b"] }]],
    [{ a: ["b | c"] }, [{ a: ["b", "c"] }], [{ a: ["b", "d"] }]],
    [{ "^(a)": [{ b: "c" }] }, [{}, { a: [{ b: "d" }, { b: "c" }] }], [{ a: [{ b: "d" }] }, { a: [] }]],
    [{ a: { "b.io/c": "?*", in: "d" } }, [{ a: { "b.io/c": "e", in: "d" } }], [{ a: { in: "d" } }, { a: { "b.io/c": "e" } }]],
  ])("of the fields %j", (pattern, met, unmet) => {
    expect(met.map((object) => holds({ pattern }, object))).toEqual(met.map(() => true));
    expect(unmet.map((object) => holds({ pattern }, object))).toEqual(unmet.map(() => false));
  });

  const OF_IMAGES = { "(image)": "*:latest", policy: "Always" };
  const [latest, pulled, fixed] = [{ image: "a:latest" }, { image: "a:latest", policy: "Always" }, { image: "a:1" }];

  test.each<[pattern: JsonRecord, met: readonly JsonRecord[], unmet: readonly JsonRecord[]]>([
    [{ "(a)": "b", c: "d" }, [{ a: "b", c: "d" }, { a: "c" }, {}], [{ a: "b" }, { a: "b", c: "e" }]],
    [{ "<(a)": "b", c: "d" }, [{ a: "b", c: "d" }, { a: "c" }, { c: "d" }], [{ a: "b" }, {}]],
    [{ "(a)": "b" }, [{ a: "b" }, { a: "c" }, {}], []],
    [{ all: [OF_IMAGES] }, [{ all: [fixed] }, { all: [pulled, fixed] }, { all: [] }], [{ all: [latest] }, { all: [fixed, latest] }, {}]],
    // A list of which nothing is meant leaves out the whole object.
    [
      { all: [OF_IMAGES], c: "d" },
      [{ all: [fixed] }, { all: [pulled, fixed], c: "d" }],
      [{ all: [pulled, fixed] }, { all: [latest], c: "d" }, { all: [] }, { c: "d" }],
    ],
    [{ "=(all)": [OF_IMAGES], c: "d" }, [{ c: "d" }, { all: [fixed] }], [{}, { all: [pulled] }]],
    [{ in: { all: [OF_IMAGES] }, c: "d" }, [{ in: { all: [fixed] } }, { in: { all: [pulled] }, c: "d" }], [{ in: { all: [pulled] } }]],
  ])("of what conditions mean: %j", (pattern, met, unmet) => {
    expect(met.map((object) => holds({ pattern }, object))).toEqual(met.map(() => true));
    expect(unmet.map((object) => holds({ pattern }, object))).toEqual(unmet.map(() => false));
  });

  test("that may fail where a field is missing is not put into CEL where what fails is let through", () => {
    const refused = { a: [{ "X(b)": "null" }] };
    const [mixed, conditional, existing] = [{ "X(b)": "null", c: "d" }, { "(b)": "c", d: "e" }, { "^(b)": [{ c: "d" }] }];
    expect(celOfRule({ pattern: refused }, true)).not.toBeNull();
    expect(celOfRule({ pattern: { "=(c)": "d" } }, true)).not.toBeNull();
    for (const pattern of [mixed, conditional, existing]) {
      expect(celOfRule({ pattern }, false)).not.toBeNull();
      expect(celOfRule({ pattern }, true)).toBeNull();
      expect(celOfRule({ anyPattern: [refused, pattern] }, true)).toBeNull();
      // Items that a rule fails on are passed over, unless they are the last.
      for (const failsOpen of [true, false]) expect(celOfRule({ foreach: [{ list: "request.object.spec.one", pattern }] }, failsOpen)).toBeNull();
    }
  });

  test("is one of several", () => {
    const validate = { anyPattern: [{ a: "b" }, { c: "d" }] };
    expect([{ a: "b" }, { c: "d" }, { a: "d" }].map((object) => holds(validate, object))).toEqual([true, true, false]);
  });

  test("is one of several, of which those that leave an object out do not let it through where another refuses it", () => {
    const conditional = { "(a)": "b", c: "d" };
    const oneOf = (...anyPattern: readonly JsonRecord[]) => [{}, { a: "b" }, { a: "b", c: "d" }, { e: "f" }].map((object) => holds({ anyPattern }, object));
    expect(oneOf(conditional, { e: "f" })).toEqual([false, false, true, true]);
    expect(oneOf(conditional, { "(a)": "b", e: "f" })).toEqual([true, false, true, true]);
    expect(oneOf(conditional)).toEqual([true, false, true, true]);
  });

  test.each<[why: string, pattern: unknown]>([
    ["it looks something up", { a: "{{ request.namespace }}" }],
    ["it refers to another field", { a: "$(./../b)" }],
    ["a condition is within another", { "(a)": { "(b)": "c" }, d: "e" }],
    ["a condition is within what is to exist", { "^(a)": [{ "(b)": "c", d: "e" }] }],
    ["it names fields by a pattern", { a: { "b*": "c" } }],
    ["it compares quantities", { a: "<=2Gi" }],
    ["it compares durations", { a: "1h" }],
    ["it means a range of quantities", { a: "10Mi-20Mi" }],
    ["it denies twice", { a: "!!b" }],
    ["it denies a range, which is a text there", { a: "!10-20" }],
    ["it has several items", { a: [{ b: "c" }, { b: "d" }] }],
    ["it has no item", { a: [] }],
    ["it is no object", "a"],
  ])("is not put into CEL where %s", (_, pattern) => {
    expect(celOfRule({ pattern }, false)).toBeNull();
    expect(celOfRule({ anyPattern: [{ a: "b" }, pattern] }, false)).toBeNull();
  });

  test("is not there where a rule says nothing", () => {
    expect(celOfRule({ deny: {} }, false)).toBeNull();
    expect(celOfRule({ anyPattern: [] }, false)).toBeNull();
  });
});

describe("patterns of Kyverno of each item", () => {
  const part = (lists: string, more: JsonRecord = { pattern: { "=(a)": "b" } }): JsonRecord => ({ list: `request.object.spec.${lists}`, ...more });
  const [good, bad] = [
    [{}, { a: "b" }],
    [{}, { a: "c" }],
  ];

  test.each<[foreach: readonly JsonRecord[], met: readonly JsonRecord[], unmet: readonly JsonRecord[]]>([
    [[part("one")], [{}, { one: [] }, { one: good, other: bad }], [{ one: bad }]],
    [[part("one[]")], [{ one: good }], [{ one: bad }]],
    [[part("[one, other][]")], [{}, { one: good, other: good }], [{ one: bad }, { one: good, other: bad }]],
    [[part("one"), part("other")], [{ one: good, other: good }], [{ one: bad }, { other: bad }]],
    [[part("one", { anyPattern: [{ a: "b" }, { a: "d" }] })], [{ one: [{ a: "b" }, { a: "d" }] }], [{ one: good }]],
    [[part("one[?c]")], [{ one: bad }, { one: [{ a: "c", c: {} }] }, { one: [{ a: "b", c: { d: 1 } }] }], [{ one: [{ a: "c", c: { d: 1 } }] }]],
    [[part("one[?c].c")], [{ one: [{ c: { a: "b" } }, { a: "c" }] }], [{ one: [{ c: { a: "c" } }] }]],
    [
      [part("one", { pattern: { "=(a)": "b" }, preconditions: { all: [{ key: "{{ element.name }}", operator: "NotEquals", value: "a*" }] } })],
      [{ one: [{ name: "ab", a: "c" }] }],
      [{ one: [{ name: "b", a: "c" }] }],
    ],
  ])("%j", (foreach, met, unmet) => {
    expect(met.map((spec) => holds({ foreach }, { spec }))).toEqual(met.map(() => true));
    expect(unmet.map((spec) => holds({ foreach }, { spec }))).toEqual(unmet.map(() => false));
  });

  test.each<[why: string, foreach: readonly JsonRecord[]]>([
    ["of which no conditions choose some", [part("one", { pattern: { a: "b" }, preconditions: { all: [] } })]],
    ["beside what is denied for no reason", [part("one"), part("other", { deny: {} })]],
    ["beside what is looked up", [part("one", { context: [], pattern: { a: "b" } })]],
    ["of lists that are not put in one", [part("one[*].two[*]")]],
    ["of a list that is made up", [part("one[?a=='b']")]],
    ["of another object", [{ list: "request.oldObject.spec.one", pattern: { a: "b" } }]],
    ["compared with what the item says", [part("one", { pattern: { a: "{{ element.c }}" } })]],
    ["of none", []],
  ])("are not put into CEL: %s", (_, foreach) => {
    expect(holds({ foreach }, { spec: {} })).toBeNull();
  });
});
