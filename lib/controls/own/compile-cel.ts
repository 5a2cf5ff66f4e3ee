import { type CelInput, isCelError, parse, plan } from "@bufbuild/cel";
import type { CelBudget } from "./cel-budget";
import { CEL_ENVIRONMENT, withBudget } from "./cel-environment";
import type { CelData } from "./cel-input";
import { CEL_LIMITS, limitText } from "./cel-limits";
import type { CelNode } from "./cel-tree";
import { checkTree } from "./check-tree";
import { insertTicks } from "./insert-ticks";
import { sayMissingSyntax } from "./say-missing";

export type CelBindings = Readonly<Record<string, CelData>>;

/** What came out: any value of CEL, or why nothing did. */
export type CelAnswer = { readonly value: unknown } | { readonly reason: string };

export interface CelProgram {
  readonly root: CelNode;
  /** The variables that it uses. */
  readonly names: ReadonlySet<string>;
  /** Of the whole expression, or of one node of it with what its loops bind. */
  readonly evaluate: (bindings: CelBindings, budget: CelBudget, node?: CelNode) => CelAnswer;
}

/** The parser says `<input>:1:8: ...`: people count lines and columns in words. */
function toProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = /^<input>:(\d+):(\d+): ([\s\S]*)/.exec(message);
  if (error instanceof RangeError) return "The expression is nested too deeply.";
  if (!place) return `The expression cannot be read: ${message}.`;
  const [, line, column, rest = ""] = place;
  const what = rest.replace(/\s*(?:syntax|parse) error$/, "").replaceAll("end of input", "the end");
  return `Line ${line}, column ${column}: ${what.length > 160 ? what.slice(0, what.indexOf(" but expecting")) || what.slice(0, 160) : what}.`;
}

function createEvaluate(root: CelNode): CelProgram["evaluate"] {
  const plans = new WeakMap<CelNode, ReturnType<typeof plan>>();
  return (bindings, budget, node = root) => {
    let run = plans.get(node);
    if (!run) plans.set(node, (run = plan(CEL_ENVIRONMENT, node)));
    const ready = run as (bindings: Readonly<Record<string, CelInput>>) => unknown; // safe: CelData is part of what the library takes
    const result = withBudget(budget, () => ready(bindings as Readonly<Record<string, CelInput>>));
    // An error may have been swallowed: `f() || true` is true whatever f does.
    const over = budget.problem();
    if (over !== null) return { reason: over };
    // Of a list the library tells a length that it does not know.
    return isCelError(result) ? { reason: result.message.replace(/ \[0, -1\)$/, "") } : { value: result };
  };
}

/** Reads an expression once; then it is evaluated without reading it again. `problem` is one sentence. Never throws. */
export function compileCel(source: string, variables: readonly string[]): { readonly program: CelProgram } | { readonly problem: string } {
  if (source.length > CEL_LIMITS.expressionLength) return { problem: `The expression has more than ${limitText("expressionLength")} characters.` };
  try {
    const root = parse(source).expr;
    const checked = checkTree(root, variables);
    if ("problem" in checked) return checked;
    insertTicks(root);
    return { program: { root, names: checked.names, evaluate: createEvaluate(root) } };
  } catch (error) {
    return { problem: sayMissingSyntax(source) ?? toProblem(error) };
  }
}
