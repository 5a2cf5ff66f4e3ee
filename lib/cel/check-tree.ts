import { isCelError, parse, plan } from "@bufbuild/cel";
import { remembered } from "../model/remembered";
import { CEL_ENVIRONMENT, isKnownFunction } from "./cel-environment";
import { CEL_LIMITS, limitText } from "./cel-limits";
import { type CelNode, childrenOf, TYPE_NAMES } from "./cel-tree";
import { NAMES_A_VALUE } from "./cel-build";
import { sayMissingFunction, sayMissingName } from "./say-missing";

export type TreeAnswer = { readonly names: ReadonlySet<string> } | { readonly problem: string };

/** `strings.quote(x)`: a function whose name has a dot, not a method of a variable. */
function isQualified(node: CelNode): boolean {
  if (node.exprKind.case !== "callExpr") return false;
  const { target, function: name } = node.exprKind.value;
  return target?.exprKind.case === "identExpr" && CEL_ENVIRONMENT.funcs.find(`${target.exprKind.value.name}.${name}`) !== undefined;
}

/** Made for the first pattern, as few scans meet one. */
const planOf = remembered((expression) => plan(CEL_ENVIRONMENT, parse(expression)), { limit: 1 });

const TAKE_PATTERNS: ReadonlySet<string> = new Set(["matches", "find", "findAll"]);

/** What is wrong with a pattern that is written out; one that is made while it runs is known then. */
function findPatternProblem({ exprKind }: CelNode): string | null {
  if (exprKind.case !== "callExpr" || !TAKE_PATTERNS.has(exprKind.value.function)) return null;
  const { target, args } = exprKind.value;
  const pattern = args[target ? 0 : 1]?.exprKind;
  if (pattern?.case !== "constExpr" || pattern.value.constantKind.case !== "stringValue") return null;
  const p = pattern.value.constantKind.value;
  const answer = planOf("''.matches(p)")({ p });
  return isCelError(answer) ? `The pattern ${p.slice(0, 80)} cannot be read: ${answer.message.replace("error parsing regexp: ", "")}.` : null;
}

/** Bounds that the text alone decides, and names that nothing stands for. `names` are the variables that it uses. */
export function checkTree(root: CelNode, variables: readonly string[]): TreeAnswer {
  const names = new Set<string>();
  let nodes = 0;
  let problem: string | null = null;
  const visit = (node: CelNode, bound: readonly string[], loops: number): void => {
    nodes += 1;
    if (problem !== null || nodes > CEL_LIMITS.nodes) return;
    const { exprKind } = node;
    if (exprKind.case === "identExpr") {
      const { name } = exprKind.value;
      if (bound.includes(name) || TYPE_NAMES.includes(name)) return;
      if (variables.includes(name)) names.add(name);
      else problem = sayMissingName(name, variables);
      return;
    }
    if (exprKind.case === "structExpr" && exprKind.value.messageName !== "") {
      problem = `There is no type called ${exprKind.value.messageName}.`;
      return;
    }
    if (exprKind.case === "callExpr" && !isQualified(node) && !isKnownFunction(exprKind.value.function)) {
      problem = sayMissingFunction(exprKind.value);
      return;
    }
    problem = findPatternProblem(node);
    if (problem !== null) return;
    if (exprKind.case === "comprehensionExpr") {
      const { iterVar, accuVar, iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      if (loops >= CEL_LIMITS.loopDepth && iterVar !== NAMES_A_VALUE) {
        problem = `Loops are nested more than ${CEL_LIMITS.loopDepth} deep.`;
        return;
      }
      for (const outer of [iterRange, accuInit]) if (outer) visit(outer, bound, loops);
      const inner = [...bound, iterVar, accuVar];
      const within = iterVar === NAMES_A_VALUE ? loops : loops + 1;
      for (const part of [loopCondition, loopStep, result]) if (part) visit(part, inner, within);
      return;
    }
    const below = isQualified(node) && exprKind.case === "callExpr" ? exprKind.value.args : childrenOf(node);
    for (const child of below) visit(child, bound, loops);
  };
  visit(root, [], 0);
  if (problem === null && nodes > CEL_LIMITS.nodes) problem = `The expression has more than ${limitText("nodes")} parts.`;
  return problem === null ? { names } : { problem };
}
