import { expect, test } from "vitest";
import { fc } from "../../model/testing-properties";
import { createLabelIndex } from "./label-index";
import { matchesSelector } from "./label-selector";

const key = fc.constantFrom("app", "tier");
const value = fc.constantFrom("a", "b", "");
/** The empty value may be written as null. */
const wanted = fc.constantFrom("a", "b", "", null);
const labels = fc.dictionary(key, value);
const expression = fc.record({ key, operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"), values: fc.array(wanted) });
const selector = fc.record({ matchLabels: fc.dictionary(key, wanted), matchExpressions: fc.array(expression, { maxLength: 2 }) }, { requiredKeys: [] });

test("nothing that a selector matches is left out, and nothing is given twice", () => {
  fc.assert(
    fc.property(fc.array(fc.array(labels, { maxLength: 2 }), { maxLength: 6 }), selector, (items, asked) => {
      const found = createLabelIndex(items, { labelSetsOf: (item) => item })(asked);
      expect(new Set(found).size).toBe(found.length);
      for (const item of items) if (item.some((one) => matchesSelector(asked, one))) expect(found).toContain(item);
    }),
  );
});

test.each([
  ["one label", { matchLabels: { app: "b" } }, ["b"]],
  ["some values of one", { matchExpressions: [{ key: "app", operator: "In", values: ["c", "a", "none"] }] }, ["c", "a"]],
  ["the rarest of several labels", { matchLabels: { tier: "x", app: "b" } }, ["b"]],
  ["a label that nothing has", { matchLabels: { tier: "x", app: "none" } }, []],
  ["a label that need not be shown", { matchLabels: { hidden: "b" } }, ["a", "b", "c", ""]],
  ["no value", { matchExpressions: [{ key: "app", operator: "NotIn", values: ["a"] }] }, ["a", "b", "c", ""]],
  ["one of some values, the empty one as null", { matchExpressions: [{ key: "app", operator: "In", values: [null, "b"] }] }, ["", "b"]],
])("only those are given that have %s", (_what, asked, found) => {
  const find = createLabelIndex(["a", "b", "c", ""], { labelSetsOf: (app) => [{ app, tier: "x" }], isHidden: (name) => name === "hidden" });
  expect(find(asked)).toEqual(found);
});
