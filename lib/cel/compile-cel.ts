import { groupDigits } from "../model/group-digits";
import { messageOf } from "../model/message-of";
import { type CelInput, isCelError, parse, plan } from "@bufbuild/cel";
import type { CelBudget } from "./cel-budget";
import { CEL_ENVIRONMENT, withBudget } from "./cel-environment";
import type { CelData } from "./cel-input";
import { CEL_LIMITS } from "./cel-limits";
import { type CelFault, readTokens } from "./cel-tokens";
import type { CelNode } from "./cel-tree";
import { checkTree } from "./check-tree";
import { expandMacros } from "./expand-macros";
import { findSyntaxFault } from "./find-syntax-fault";
import { type CelPurpose, findTypeProblem } from "./find-type-problem";
import { insertTicks } from "./insert-ticks";
import { rewriteOptionals } from "./rewrite-optionals";

type CelBindings = Readonly<Record<string, CelData>>;

/** What came out: any value of CEL, or why nothing did. */
type CelAnswer = { readonly value: unknown } | { readonly reason: string };

export interface CelProgram {
  readonly root: CelNode;
  /** The variables that it uses. */
  readonly names: ReadonlySet<string>;
  /** Of the whole expression, or of one node of it with what its loops bind. */
  readonly evaluate: (bindings: CelBindings, budget: CelBudget, node?: CelNode) => CelAnswer;
}

/** `Line 1, column 8: …`, as people count. */
function toProblem(source: string, { at, problem }: CelFault): string {
  const before = source.slice(0, at).split("\n");
  return `Line ${before.length}, column ${(before.at(-1) ?? "").length + 1}: ${problem}.`;
}

/** What the parser says, at the place in the text as it was written. */
function explainParser(source: string, error: unknown, toOld: (at: number) => number): string {
  if (error instanceof RangeError) return "The expression is nested too deeply.";
  const message = messageOf(error);
  const place = /^<input>:(\d+):(\d+): ([\s\S]*)/.exec(message);
  if (!place) return `The expression cannot be read: ${message}.`;
  const [, line = "1", column = "1", rest = ""] = place;
  const lines = source.split("\n").slice(0, Number(line) - 1);
  const at = toOld(lines.reduce((sum, text) => sum + text.length + 1, 0) + Number(column) - 1);
  const found = /^found (.*?)(?: but expecting|$)/s.exec(rest)?.[1];
  return toProblem(source, {
    at,
    problem: found === undefined ? rest.replace(/\s*(?:syntax|parse) error$/, "") : `${found.replace("end of input", "the end")} cannot stand here`,
  });
}

/** The expression as a tree, macros written out. */
function parseTree(source: string): CelNode | { readonly problem: string } {
  const tokens = readTokens(source);
  if ("problem" in tokens) return { problem: toProblem(source, tokens) };
  const fault = findSyntaxFault(tokens);
  if (fault) return { problem: toProblem(source, fault) };
  const rewritten = rewriteOptionals(source, tokens);
  if ("problem" in rewritten) return { problem: toProblem(source, rewritten) };
  try {
    // A comment ends with its line.
    const root = parse(`${rewritten.source}\n`).expr;
    expandMacros(root);
    return root;
  } catch (error) {
    return { problem: explainParser(source, error, rewritten.toOld) };
  }
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
export function compileCel(
  source: string,
  variables: readonly string[],
  purpose: CelPurpose = "answer",
  maxLength: number = CEL_LIMITS.expressionLength,
): { readonly program: CelProgram } | { readonly problem: string } {
  if (source.length > maxLength) return { problem: `The expression has more than ${groupDigits(maxLength)} characters.` };
  try {
    const root = parseTree(source);
    if ("problem" in root) return root;
    const checked = checkTree(root, variables);
    if ("problem" in checked) return checked;
    const problem = findTypeProblem(root, purpose);
    if (problem !== null) return { problem };
    insertTicks(root);
    return { program: { root, names: checked.names, evaluate: createEvaluate(root) } };
  } catch (error) {
    return {
      problem: error instanceof RangeError ? "The expression is nested too deeply." : `The expression cannot be read: ${messageOf(error)}.`,
    };
  }
}
