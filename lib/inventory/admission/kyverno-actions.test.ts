import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { isOverruledIn } from "./kyverno-actions";
import { toPolicyNamespace } from "./policy-namespace";

const audits = { validate: { failureAction: "Audit" } };
const enforces = { validate: { failureAction: "Enforce" } };
const silent = { validate: { pattern: {} } };
const auditsIn = (namespace: string) => ({ validate: { failureActionOverrides: [{ action: "Audit", namespaces: [namespace] }] } });
const verifies = (...actions: readonly string[]) => ({ verifyImages: actions.map((failureAction) => ({ failureAction })) });

test.each<[what: string, rules: readonly JsonRecord[], isOverruled: boolean, spec?: JsonRecord]>([
  ["by its first rule, which audits", [audits, enforces], true],
  ["by a later one, where the first says nothing", [silent, audits], true],
  ["by one against the action of the policy", [silent, audits], true, { validationFailureAction: "Enforce" }],
  ["by none where the first enforces", [enforces, audits], false],
  ["by none where none says anything", [silent, silent], false, { validationFailureAction: "Audit" }],
  ["by one that audits here", [auditsIn("shop"), enforces], true],
  ["by none that audits elsewhere", [auditsIn("other"), enforces], false],
  ["by one that verifies images, and audits", [verifies("Audit"), enforces], true],
  ["by none where another entry of one that verifies images enforces", [verifies("Audit", "enforce"), audits], false],
  ["by none that changes objects", [{ mutate: { failureAction: "Audit" } }, enforces], false],
])("a policy of Kyverno is overruled %s", (_, rules, isOverruled, spec = {}) => {
  expect(isOverruledIn({ ...spec, rules }, toPolicyNamespace("shop"))).toBe(isOverruled);
});

test("it is overruled anywhere by what is said of every namespace alone", () => {
  expect([auditsIn("shop"), auditsIn("*")].map((rule) => isOverruledIn({ rules: [rule, enforces] }, null))).toEqual([false, true]);
});
