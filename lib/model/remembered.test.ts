import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createPool, remembered, rememberedOf } from "./remembered";

test("an object is asked about once, whatever the answer is, and one that looks like it by itself", () => {
  const asked: object[] = [];
  const answerOf = rememberedOf((object: object) => {
    asked.push(object);
    return asked.length === 1 ? null : undefined;
  });
  const [one, other] = [{}, {}];
  expect([answerOf(one), answerOf(one), answerOf(other), answerOf(other)]).toEqual([null, null, undefined, undefined]);
  expect(asked).toHaveLength(2);
});

test("functions that share a pool forget together what is more than it holds", () => {
  const asked: string[] = [];
  const pool = createPool(3);
  const [first, second] = ["first", "second"].map((name) => remembered((text) => asked.push(`${name} ${text}`), { limit: 10, pool }));
  for (const text of ["a", "b", "a"]) first?.(text);
  for (const text of ["a", "a", "b"]) second?.(text);
  expect(asked).toEqual(["first a", "first b", "second a", "second b"]);
  first?.("a");
  second?.("b");
  expect(asked.slice(4)).toEqual(["first a"]);
});

test("a name that was cut out of a file is held without the file, and so is a part of it in the answer", () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const heldMib = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const firstOf = remembered((text) => text.slice(0, 17), { limit: 1_000 });
  const before = heldMib();
  for (let i = 0; i < 200; i++) firstOf(`name of a setting ${i}\n${"x".repeat(2 ** 20)}\n`.split("\n")[0] ?? "");
  expect(heldMib() - before).toBeLessThan(100);
  expect(firstOf("name of a setting 7")).toBe("name of a setting");
});
