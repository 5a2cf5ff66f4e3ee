import { createCelBudget } from "../../cel/cel-budget";
import { toCelData } from "../../cel/cel-input";
import { CEL_LIMITS } from "../../cel/cel-limits";
import { compileCel } from "../../cel/compile-cel";
import type { JsonRecord } from "../../model/json";

/** What comes of a question in CEL about an object; null = there is none. */
export function answerTo(cel: string | null, object: JsonRecord): unknown {
  if (cel === null) return null;
  const compiled = compileCel(cel, ["object"]);
  if ("problem" in compiled) return compiled.problem;
  const budget = createCelBudget(() => 0, CEL_LIMITS);
  budget.begin();
  const answer = compiled.program.evaluate({ object: toCelData(object) }, budget);
  return "value" in answer ? answer.value : answer.reason;
}
