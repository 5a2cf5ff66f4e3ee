import { expect, test } from "vitest";
import { NOT_EVALUATED, notEvaluated } from "./not-evaluated";

test.each<[problem: string | null, said: string]>([
  [null, NOT_EVALUATED],
  ["loops are nested\n  too deep.", `${NOT_EVALUATED}: loops are nested too deep`],
  ["a".repeat(500), `${NOT_EVALUATED}: ${"a".repeat(120)}…`],
])("what cannot be evaluated is named: %j", (problem, said) => {
  expect(notEvaluated(problem)).toBe(said);
});
