import { isCelError } from "@bufbuild/cel";
import type { CelBudget } from "../../cel/cel-budget";
import { NAMES_A_VALUE } from "../../cel/cel-build";
import type { CelData } from "../../cel/cel-input";
import { type CelCall, type CelLoop, type CelNode, childrenOf, toQuantifier } from "../../cel/cel-tree";
import type { CelProgram } from "../../cel/compile-cel";
import { FIRST, PREFERRED } from "../../cel/expand-macros";
import { type Activation, bindItem, type Bound, type Evaluate, fieldOf, itemsOf, type Scope } from "./named-fields";

/** A field that an expression read on its way to its answer. */
export type FieldRead = Bound;

const MOST = 20;

/** Tells which fields made a program say what it said, as far as that can be told from its shape. Best effort: an empty list is an answer. */
export function explainFailure(program: CelProgram, scope: Scope, bindings: Readonly<Record<string, CelData>>, budget: CelBudget): readonly FieldRead[] {
  const explanation = new Explanation((node, at) => {
    const answer = program.evaluate(at.bindings, budget, node);
    return "value" in answer && !isCelError(answer.value) ? answer.value : undefined;
  });
  try {
    explanation.explain(program.root, false, { scope, bindings });
  } catch {
    // The budget ended: what was found until then is still true.
  }
  return explanation.fields();
}

/** Walks down an expression along the parts that decided its outcome, and notes the fields that it comes to. */
class Explanation {
  readonly #found = new Map<string, FieldRead>();
  readonly #evaluate: Evaluate;

  constructor(evaluate: Evaluate) {
    this.#evaluate = evaluate;
  }

  fields(): readonly FieldRead[] {
    return [...this.#found.values()];
  }

  explain(node: CelNode, outcome: boolean, at: Activation): void {
    if (this.#found.size >= MOST) return;
    const { exprKind } = node;
    if (exprKind.case === "callExpr") this.#explainCall(node, exprKind.value, outcome, at);
    else if (exprKind.case !== "comprehensionExpr") this.#collect(node, at);
    else if (exprKind.value.iterVar === NAMES_A_VALUE) this.#explainNamed(node, exprKind.value, outcome, at);
    else this.#explainLoop(node, exprKind.value, outcome, at);
  }

  #explainCall(node: CelNode, call: CelCall, outcome: boolean, at: Activation): void {
    const isAnd = call.function === "_&&_";
    if (isAnd || call.function === "_||_") {
      const isDecidedByOne = isAnd !== outcome;
      for (const part of call.args) if (!isDecidedByOne || this.#evaluate(part, at) === outcome) this.explain(part, outcome, at);
      return;
    }
    const [first, second, third] = call.args;
    if (call.function === "!_" && first) this.explain(first, !outcome, at);
    else if (call.function === "_?_:_" && first && second && third) this.explain(this.#evaluate(first, at) === true ? second : third, outcome, at);
    else this.#collect(node, at);
  }

  /** A value that has a name in a part of the expression. */
  #explainNamed(node: CelNode, { accuVar, accuInit, result }: CelLoop, outcome: boolean, at: Activation): void {
    const value = accuInit && this.#evaluate(accuInit, at);
    const before = this.#found.size;
    if (accuInit && result && value !== undefined) {
      const { [accuVar]: _, ...scope } = at.scope;
      const field = fieldOf(accuInit, at, this.#evaluate);
      const bindings = { ...at.bindings, [accuVar]: value as CelData }; // safe: the library takes what it gave
      this.explain(result, outcome, { scope: { ...scope, ...(field && { [accuVar]: field }) }, bindings });
    }
    if (this.#found.size === before) this.#collect(node, at);
  }

  #explainLoop(node: CelNode, loop: CelLoop, outcome: boolean, at: Activation): void {
    const quantifier = toQuantifier(loop);
    const items = quantifier ? itemsOf(loop, at, this.#evaluate) : null;
    // "all" is false because of some, "exists" is true because of some; the other two are so because of everything.
    if (!quantifier || !items || (quantifier.kind === "all") === outcome) {
      this.#collect(node, at);
      return;
    }
    for (const item of items) {
      if (this.#found.size >= MOST) return;
      const within = bindItem(at, loop.iterVar, item);
      if (this.#evaluate(quantifier.test, within) !== outcome) continue;
      const before = this.#found.size;
      this.explain(quantifier.test, outcome, within);
      if (this.#found.size === before) this.#found.set(item.entry.path, item.entry);
    }
  }

  /** All fields below a node, whatever each of them has to do with the outcome. */
  #collect(node: CelNode, at: Activation): void {
    const field = fieldOf(node, at, this.#evaluate);
    if (field) {
      if (field.path !== "") this.#found.set(`${field.object?.name ?? ""} ${field.path}`, field);
      return;
    }
    if (node.exprKind.case === "comprehensionExpr") {
      const { iterVar, iterRange, accuVar, accuInit, result } = node.exprKind.value;
      const asked = iterVar === NAMES_A_VALUE ? accuInit : iterRange;
      if (asked) this.#collect(asked, at);
      // What stands in for a missing value decides, too.
      if (result && (accuVar === PREFERRED || accuVar === FIRST)) this.#collect(result, at);
      return;
    }
    for (const below of childrenOf(node)) this.#collect(below, at);
  }
}
