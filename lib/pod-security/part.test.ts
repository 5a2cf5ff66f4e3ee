import { expect, test } from "vitest";
import { type OddField, Part } from "./part";

function part(body: Record<string, unknown>): { read: Part; odd: OddField[] } {
  const odd: OddField[] = [];
  return { read: new Part(body, (relative) => `spec.${relative}`, odd), odd };
}

test("null and absent are the same", () => {
  const { read, odd } = part({ a: null });
  expect([read.flag("a"), read.text("a"), read.find("a"), read.parts("b")]).toEqual([undefined, undefined, undefined, []]);
  expect(odd).toEqual([]);
});

test("null in a list is the empty string, and the number 0", () => {
  const { read, odd } = part({ a: ["x", null], b: [1, null] });
  expect([read.texts("a"), read.integers("b")]).toEqual([
    ["x", ""],
    [1, 0],
  ]);
  expect(odd).toEqual([]);
});

test("a value of the wrong type counts as not set and is noted with its path", () => {
  const { read, odd } = part({ a: "true", b: { c: [1] } });
  expect(read.flag("a")).toBeUndefined();
  expect(read.part("b").parts("c")).toEqual([]);
  expect(odd).toEqual([
    { path: "spec.a", expected: "a boolean" },
    { path: "spec.b.c[0]", expected: "an object" },
  ]);
});

test("an item of a list names itself and its fields", () => {
  const [item] = part({ list: [{ x: 1 }] }).read.parts("list");
  expect([item?.at(""), item?.at("x"), item?.integer("x")]).toEqual(["spec.list[0]", "spec.list[0].x", 1]);
});

test("inherited names are not fields", () => {
  expect(part({}).read.get("constructor")).toBeUndefined();
});
