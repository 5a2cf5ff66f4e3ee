import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { mapInSteps } from "./in-steps";

it("makes something of each of many, in their order, and lets others work in between", async () => {
  const numbers = Array.from({ length: 300 }, (_, i) => i);
  const done: unknown[] = [];
  const others = setImmediate().then(() => done.push("others"));
  const made = await mapInSteps(numbers, (number) => done.push(number) && number * 2);
  await others;
  expect(made).toEqual(numbers.map((number) => number * 2));
  expect(done.indexOf("others")).toBeGreaterThan(0);
  expect(done.indexOf("others")).toBeLessThan(numbers.length);
});
