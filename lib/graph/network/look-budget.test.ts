import { expect, test } from "vitest";
import { LookBudget } from "./look-budget";

const LIMITS = { ofOne: 50, inAll: 60, withLost: 100 };

/** Of a pod whose own policies decide, or some of the whole cluster. */
const podIn = (namespace: string, payer = namespace) => ({ payer, isFree: false, side: { self: { namespace } } });

test("what one namespace takes beyond its share is not weighed, whatever others take", () => {
  const budget = new LookBudget(2, undefined, LIMITS);
  const [shop, bank] = [podIn("shop"), podIn("bank")];
  expect([budget.spenderOf(shop)(51), budget.spenderOf(bank)(50)]).toEqual([false, true]);
  expect([shop, bank].map((pod) => budget.isSpent(pod))).toEqual([true, false]);
  expect([[...budget.tooMany], [...budget.crowded]]).toEqual([["shop"], []]);
});

test("where all are too many together, the one that takes the most is given up, and others are weighed that come later", () => {
  const budget = new LookBudget(3, undefined, LIMITS);
  const [shop, bank, cafe] = [podIn("shop"), podIn("bank"), podIn("cafe")];
  expect([budget.spenderOf(bank)(10), budget.spenderOf(shop)(45), budget.spenderOf(cafe)(20)]).toEqual([true, true, true]);
  expect([shop, bank, cafe].map((pod) => budget.isSpent(pod))).toEqual([true, false, false]);
  expect([...budget.crowded]).toEqual(["shop"]);
  expect(budget.spenderOf(cafe)(25)).toBe(true);
  expect(new LookBudget(3, budget, LIMITS).isSpent(shop)).toBe(true);
});

test("of policies of the whole cluster those are given up that take the most, for the pods of every namespace, or else the namespace whose pods ever others select", () => {
  const one = new LookBudget(3, undefined, LIMITS);
  expect([one.spenderOf(podIn("shop", "all"))(45), one.spenderOf(podIn("bank"))(20)]).toEqual([true, true]);
  expect([podIn("cafe", "all"), podIn("shop"), podIn("bank")].map((pod) => one.isSpent(pod))).toEqual([true, false, false]);
  const many = new LookBudget(3, undefined, LIMITS);
  for (let i = 0; i < 4; i += 1) many.spenderOf(podIn("shop", `${i}`))(11);
  many.spenderOf(podIn("bank", "0"))(20);
  expect([podIn("shop", "0"), podIn("shop", "4"), podIn("bank", "0"), podIn("shop")].map((pod) => many.isSpent(pod))).toEqual([true, true, false, false]);
});

test("once very many looks were in vain, nobody takes more than all could", () => {
  const budget = new LookBudget(10, undefined, LIMITS);
  for (let i = 0; i < 3; i += 1) budget.spenderOf(podIn(`heavy-${i}`))(40);
  expect(budget.looks).toBe(120);
  expect([budget.spenderOf(podIn("light"))(1), budget.spenderOf(podIn("late"))(2)]).toEqual([true, false]);
  expect(budget.crowded.has("late")).toBe(true);
});
