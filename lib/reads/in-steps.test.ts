import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { inPortions } from "@/lib/model/in-portions";
import { mapInSteps, portionsOf } from "./in-steps";

/** As if it took long, whatever machine it is on. */
function work(): void {
  for (const untilMs = performance.now() + 2; performance.now() < untilMs; );
}

it("makes something of each of many, in their order, and lets others work in between", async () => {
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  const done: unknown[] = [];
  const others = setImmediate().then(() => done.push("others"));
  const made = await mapInSteps(numbers, (number) => {
    work();
    return done.push(number) && number * 2;
  });
  await others;
  expect(made).toEqual(numbers.map((number) => number * 2));
  expect(done.indexOf("others")).toBeGreaterThan(0);
  // Where it pauses after each fifty, as it did, others wait for all of them.
  expect(done.indexOf("others")).toBeLessThan(numbers.length / 2);
});

it("goes through workloads in portions until none is left", async () => {
  const seen: number[] = [];
  const take = inPortions(
    Array.from({ length: 600 }, (_, i) => i),
    (number) => seen.push(number),
  );
  const after: number[] = [];
  for (const step of portionsOf(take)) {
    step();
    after.push(seen.length);
  }
  expect(after).toEqual([250, 500, 600]);
  expect(take()).toBe(false);
  expect(seen).toEqual(Array.from({ length: 600 }, (_, i) => i));
});
