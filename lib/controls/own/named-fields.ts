import { isRecord } from "../../model/json";
import { formatPath, type PathStep, parsePath } from "../../model/field-path";
import type { ResourceRef } from "../../model/resource-ref";
import { type CelData, toCelData } from "../../cel/cel-input";
import { type CelLoop, type CelNode, childrenOf } from "../../cel/cel-tree";
import { KEYS } from "../../cel/expand-loops";
import { OPTIONAL_STEPS, PREFERRED } from "../../cel/expand-macros";
import { LIST } from "../../cel/expand-sets";

/** A variable: its value, and where in which object it stands. */
export interface Bound {
  readonly value: unknown;
  readonly path: string;
  /** When it is another object than the one that is judged. */
  readonly object?: ResourceRef;
}
export type Scope = Readonly<Record<string, Bound>>;

/** The variables at one place of an expression: where they stand, and what the program reads of them. */
export interface Activation {
  readonly scope: Scope;
  readonly bindings: Readonly<Record<string, CelData>>;
}

/** What a part of an expression comes to; undefined = it has no value. */
export type Evaluate = (node: CelNode, at: Activation) => unknown;

/** What a loop binds, and where that stands: of a map it binds the keys. */
interface Item {
  readonly item: unknown;
  readonly entry: Bound;
}

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

/** The field that a chain of selections names; null = it names none. */
export function fieldOf(node: CelNode, at: Activation, evaluate: Evaluate): Bound | null {
  const { exprKind } = node;
  if (exprKind.case === "identExpr") return at.scope[exprKind.value.name] ?? null;
  if (exprKind.case === "selectExpr") {
    const parent = exprKind.value.operand && fieldOf(exprKind.value.operand, at, evaluate);
    return parent ? child(parent, exprKind.value.field) : null;
  }
  if (exprKind.case === "comprehensionExpr" && exprKind.value.accuVar === PREFERRED && exprKind.value.accuInit)
    return fieldOf(exprKind.value.accuInit, at, evaluate);
  if (exprKind.case !== "callExpr") return null;
  const { function: name, target, args } = exprKind.value;
  if (name === LIST && args[0]) return fieldOf(args[0], at, evaluate);
  if (name !== "_[_]" && !OPTIONAL_STEPS.has(name)) return null;
  const [of, index] = name === "_[_]" ? args : [target, args[0]];
  const parent = of && fieldOf(of, at, evaluate);
  const step = parent && index ? evaluate(index, at) : undefined;
  if (!parent || (typeof step !== "string" && typeof step !== "bigint")) return null;
  return child(parent, typeof step === "string" ? step : Number(step));
}

/** The items of a list or their numbers, or the keys of a map, each with its place; null = what it goes through is no field. */
export function itemsOf({ iterRange }: CelLoop, at: Activation, evaluate: Evaluate): readonly Item[] | null {
  const isNumbered = iterRange?.exprKind.case === "callExpr" && iterRange.exprKind.value.function === KEYS;
  const asked = isNumbered ? childrenOf(iterRange)[0] : iterRange;
  const range = asked && fieldOf(asked, at, evaluate);
  if (!range) return null;
  if (Array.isArray(range.value)) return range.value.map((item: unknown, index) => ({ item: isNumbered ? index : item, entry: child(range, index) }));
  return isRecord(range.value) ? Object.keys(range.value).map((key) => ({ item: key, entry: child(range, key) })) : null;
}

/** The same, with what one turn of a loop binds. */
export function bindItem({ scope, bindings }: Activation, name: string, { item, entry }: Item): Activation {
  return { scope: { ...scope, [name]: entry }, bindings: { ...bindings, [name]: toCelData(item) } };
}
