import { isCelError } from "@bufbuild/cel";
import { isRecord } from "../../model/json";
import { formatPath, type PathStep, parsePath } from "../../model/field-path";
import type { ResourceRef } from "../../model/resource-ref";
import type { CelBudget } from "./cel-budget";
import { type CelData, toCelData } from "./cel-input";
import { type CelCall, type CelLoop, type CelNode, childrenOf, toQuantifier } from "./cel-tree";
import type { CelProgram } from "./compile-cel";

import { NAMES_A_VALUE } from "./cel-build";
import { KEYS } from "./expand-loops";
import { CHAINED_FIELD, CHAINED_INDEX } from "./expand-macros";
import { LIST } from "./expand-sets";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

/** A variable: its value, and where in which object it stands. */
export interface Bound {
  readonly value: unknown;
  readonly path: string;
  /** When it is another object than the one that is judged. */
  readonly object?: ResourceRef;
}
export type Scope = Readonly<Record<string, Bound>>;

/** A field that an expression read on its way to its answer. */
export type FieldRead = Bound;

/** What a loop binds, and where that stands: of a map it binds the keys. */
interface Item {
  readonly item: unknown;
  readonly entry: Bound;
}

const MOST = 20;
const FIELD_CALLS: ReadonlySet<string> = new Set([OPTIONAL_FIELD, OPTIONAL_INDEX, CHAINED_FIELD, CHAINED_INDEX]);

function child(parent: Bound, step: PathStep): Bound {
  const { value } = parent;
  const found =
    typeof step === "number"
      ? Array.isArray(value)
        ? (value[step] as unknown)
        : undefined
      : isRecord(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
  return { ...parent, value: found, path: formatPath([...(parent.path === "" ? [] : parsePath(parent.path)), step]) };
}

/** Tells which fields made a program say what it said, as far as that can be told from its shape. Best effort: an empty list is an answer. */
export function explainFailure(program: CelProgram, scope: Scope, bindings: Readonly<Record<string, CelData>>, budget: CelBudget): readonly FieldRead[] {
  const found = new Map<string, FieldRead>();
  type Inner = { readonly scope: Scope; readonly bindings: Readonly<Record<string, CelData>> };

  const evaluate = (node: CelNode, inner: Inner): unknown => {
    const answer = program.evaluate(inner.bindings, budget, node);
    return "value" in answer && !isCelError(answer.value) ? answer.value : undefined;
  };
  const bind = (inner: Inner, name: string, { item, entry }: Item): Inner => ({
    scope: { ...inner.scope, [name]: entry },
    bindings: { ...inner.bindings, [name]: toCelData(item) },
  });

  /** The field that a chain of selections names. */
  const fieldOf = (node: CelNode, inner: Inner): Bound | null => {
    const { exprKind } = node;
    if (exprKind.case === "identExpr") return inner.scope[exprKind.value.name] ?? null;
    if (exprKind.case === "selectExpr") {
      const parent = exprKind.value.operand && fieldOf(exprKind.value.operand, inner);
      return parent ? child(parent, exprKind.value.field) : null;
    }
    if (exprKind.case !== "callExpr") return null;
    const { function: name, target, args } = exprKind.value;
    if (name === "orValue" && target) return fieldOf(target, inner);
    if (name === LIST && args[0]) return fieldOf(args[0], inner);
    if (name !== "_[_]" && !FIELD_CALLS.has(name)) return null;
    const [of, index] = name === "_[_]" ? args : [target, args[0]];
    const parent = of && fieldOf(of, inner);
    const step = parent && index ? evaluate(index, inner) : undefined;
    if (!parent || (typeof step !== "string" && typeof step !== "bigint")) return null;
    return child(parent, typeof step === "string" ? step : Number(step));
  };

  const collect = (node: CelNode, inner: Inner): void => {
    const field = fieldOf(node, inner);
    if (field) {
      if (field.path !== "") found.set(`${field.object?.name ?? ""} ${field.path}`, field);
      return;
    }
    if (node.exprKind.case === "comprehensionExpr") {
      const { iterVar, iterRange, accuInit } = node.exprKind.value;
      const asked = iterVar === NAMES_A_VALUE ? accuInit : iterRange;
      if (asked) collect(asked, inner);
      return;
    }
    for (const below of childrenOf(node)) collect(below, inner);
  };

  /** The items of a list or their numbers, or the keys of a map, each with its place. */
  const itemsOf = ({ iterRange }: CelLoop, inner: Inner): readonly Item[] | null => {
    const isNumbered = iterRange?.exprKind.case === "callExpr" && iterRange.exprKind.value.function === KEYS;
    const asked = isNumbered ? childrenOf(iterRange)[0] : iterRange;
    const range = asked && fieldOf(asked, inner);
    if (!range) return null;
    if (Array.isArray(range.value)) return range.value.map((item: unknown, index) => ({ item: isNumbered ? index : item, entry: child(range, index) }));
    return isRecord(range.value) ? Object.keys(range.value).map((key) => ({ item: key, entry: child(range, key) })) : null;
  };

  const explainLoop = (node: CelNode, loop: CelLoop, outcome: boolean, inner: Inner): void => {
    const quantifier = toQuantifier(loop);
    const items = quantifier ? itemsOf(loop, inner) : null;
    // "all" is false because of some, "exists" is true because of some; the other two are so because of everything.
    if (!quantifier || !items || (quantifier.kind === "all") === outcome) {
      collect(node, inner);
      return;
    }
    for (const item of items) {
      if (found.size >= MOST) return;
      const within = bind(inner, loop.iterVar, item);
      if (evaluate(quantifier.test, within) !== outcome) continue;
      const before = found.size;
      explain(quantifier.test, outcome, within);
      if (found.size === before) found.set(item.entry.path, item.entry);
    }
  };

  /** A value that has a name in a part of the expression. */
  const explainNamed = (node: CelNode, { accuVar, accuInit, result }: CelLoop, outcome: boolean, inner: Inner): void => {
    const value = accuInit && evaluate(accuInit, inner);
    const before = found.size;
    if (accuInit && result && value !== undefined) {
      const { [accuVar]: _, ...scope } = inner.scope;
      const field = fieldOf(accuInit, inner);
      const bindings = { ...inner.bindings, [accuVar]: value as CelData }; // safe: the library takes what it gave
      explain(result, outcome, { scope: { ...scope, ...(field && { [accuVar]: field }) }, bindings });
    }
    if (found.size === before) collect(node, inner);
  };

  const explainCall = (node: CelNode, call: CelCall, outcome: boolean, inner: Inner): void => {
    const isAnd = call.function === "_&&_";
    if (isAnd || call.function === "_||_") {
      const isDecidedByOne = isAnd !== outcome;
      for (const part of call.args) if (!isDecidedByOne || evaluate(part, inner) === outcome) explain(part, outcome, inner);
      return;
    }
    const [first, second, third] = call.args;
    if (call.function === "!_" && first) explain(first, !outcome, inner);
    else if (call.function === "_?_:_" && first && second && third) explain(evaluate(first, inner) === true ? second : third, outcome, inner);
    else collect(node, inner);
  };

  const explain = (node: CelNode, outcome: boolean, inner: Inner): void => {
    if (found.size >= MOST) return;
    const { exprKind } = node;
    if (exprKind.case === "callExpr") explainCall(node, exprKind.value, outcome, inner);
    else if (exprKind.case === "comprehensionExpr") {
      const explainWhole = exprKind.value.iterVar === NAMES_A_VALUE ? explainNamed : explainLoop;
      explainWhole(node, exprKind.value, outcome, inner);
    } else collect(node, inner);
  };

  try {
    explain(program.root, false, { scope, bindings });
  } catch {
    // The budget ended: what was found until then is still true.
  }
  return [...found.values()];
}
