import { createCelBudget } from "./cel-budget";
import { toCelData } from "./cel-input";
import { compileCel } from "./compile-cel";

/** What an expression comes to for an object: its value, why it cannot be read, or `{reason}`. */
export function evaluate(expression: string, object: unknown = {}): unknown {
  const compiled = compileCel(expression, ["object"]);
  if ("problem" in compiled) return compiled.problem;
  const budget = createCelBudget(() => 0);
  budget.begin();
  const answer = compiled.program.evaluate({ object: toCelData(object) }, budget);
  return "value" in answer ? answer.value : { reason: answer.reason };
}
