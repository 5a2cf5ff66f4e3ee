import { type CelType, unparse } from "@bufbuild/cel";
import { CEL_ENVIRONMENT } from "./cel-environment";
import { type CelCall, type CelNode, childrenOf, TYPE_NAMES } from "./cel-tree";
import { isOptional } from "./expand-macros";

/** What a value is for sure. */
type Kind = "bool" | "text" | "number" | "list" | "map" | "optional" | "other";

const ANSWERS: ReadonlySet<string> = new Set(["_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_in_"]);
const NUMBERS: ReadonlySet<string> = new Set(["_-_", "_*_", "_/_", "_%_", "-_"]);
const NO_OPTIONALS: ReadonlySet<string> = new Set(["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_", ...NUMBERS]);

const COMPARISONS: ReadonlySet<string> = new Set(["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"]);

const OBJECTS: ReadonlySet<string> = new Set(["object", "pod", "namespaceObject"]);
/** Fields that have one type in every object, by their path below it; * is any name. */
const FIELDS: Readonly<Record<string, Kind>> = {
  kind: "text",
  apiVersion: "text",
  metadata: "map",
  "metadata.name": "text",
  "metadata.namespace": "text",
  "metadata.labels": "map",
  "metadata.annotations": "map",
  "metadata.labels.*": "text",
  "metadata.annotations.*": "text",
};

const WORDS: Readonly<Record<Exclude<Kind, "bool">, readonly [what: string, instead: string]>> = {
  text: ["a text", "compare it, as in … == 'value'"],
  number: ["a number", "compare it, as in … > 0"],
  list: ["a list", "ask about its items, as in ….all(item, …), or size(…) > 0"],
  map: ["a map", "ask about its keys, as in 'key' in …"],
  optional: ["a value that may be missing", "end it with .orValue(false), or ask .hasValue()"],
  other: ["another value", "compare it"],
};

function toKind(type: CelType): Kind | null {
  if (type.kind === "list" || type.kind === "map") return type.kind;
  if (type.kind === "object") return "other";
  const kinds: Readonly<Record<string, Kind>> = { bool: "bool", string: "text", int: "number", uint: "number", double: "number" };
  return type.name === "dyn" ? null : (kinds[type.name] ?? "other");
}

function constantOf({ exprKind }: CelNode): Kind | null {
  if (exprKind.case !== "constExpr") return null;
  const { constantKind } = exprKind.value;
  if (constantKind.case === "boolValue") return "bool";
  if (constantKind.case === "stringValue") return "text";
  return /^(?:int64|uint64|double)Value$/.test(constantKind.case ?? "") ? "number" : "other";
}

/** `metadata.labels.*` of a chain of selections that begins at an object; null for any other. */
function pathOf(node: CelNode, bound: ReadonlyMap<string, Kind | null>): string | null {
  const { exprKind } = node;
  if (exprKind.case === "identExpr") return OBJECTS.has(exprKind.value.name) && !bound.has(exprKind.value.name) ? "" : null;
  const isIndex = exprKind.case === "callExpr" && exprKind.value.function === "_[_]";
  const [of, name] = isIndex
    ? [exprKind.value.args[0], "*"]
    : exprKind.case === "selectExpr"
      ? [exprKind.value.operand, exprKind.value.field]
      : [undefined, ""];
  const before = of && pathOf(of, bound);
  if (before === null || before === undefined) return null;
  return before === "" ? name : `${before}.${/^metadata\.(?:labels|annotations)$/.test(before) ? "*" : name}`;
}

function callKind(call: CelCall, bound: ReadonlyMap<string, Kind | null>): Kind | null {
  const { function: name, target, args } = call;
  if (ANSWERS.has(name)) return "bool";
  if (NUMBERS.has(name)) return "number";
  const kinds = args.map((arg) => kindOf(arg, bound));
  if (name === "_+_") return kinds.find((kind) => kind !== null && kind !== "other") ?? null;
  if (name === "_?_:_") return kinds[1] === "bool" || kinds[2] === "bool" || kinds[1] === null || kinds[2] === null ? null : (kinds[1] ?? null);
  const qualified = target?.exprKind.case === "identExpr" ? CEL_ENVIRONMENT.funcs.find(`${target.exprKind.value.name}.${name}`) : undefined;
  const results = new Set([...(qualified ?? CEL_ENVIRONMENT.funcs.find(name) ?? [])].map(({ result }) => toKind(result)));
  const [only = null] = results;
  return results.size === 1 ? only : null;
}

/** What a node gives whatever it is asked about; null where that is open. */
function kindOf(node: CelNode, bound: ReadonlyMap<string, Kind | null>): Kind | null {
  if (isOptional(node)) return "optional";
  const { exprKind } = node;
  switch (exprKind.case) {
    case "constExpr":
      return constantOf(node);
    case "listExpr":
      return "list";
    case "structExpr":
      return "map";
    case "identExpr": {
      const { name } = exprKind.value;
      if (bound.has(name)) return bound.get(name) ?? null;
      if (TYPE_NAMES.includes(name)) return "other";
      return name === "containerType" ? "text" : "map";
    }
    case "selectExpr":
      return exprKind.value.testOnly ? "bool" : (FIELDS[pathOf(node, bound) ?? ""] ?? null);
    case "comprehensionExpr": {
      const { accuVar, accuInit, result } = exprKind.value;
      return result ? kindOf(result, new Map([...bound, [accuVar, accuInit ? kindOf(accuInit, bound) : null]])) : null;
    }
    case "callExpr":
      return exprKind.value.function === "_[_]" ? (FIELDS[pathOf(node, bound) ?? ""] ?? null) : callKind(exprKind.value, bound);
    default:
      return null;
  }
}

/** A part of an expression as it was written, where that can be told. */
function quote(node: CelNode): string | null {
  try {
    const text = unparse(node);
    return text.length > 60 || /@|_optional_/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function say(node: CelNode, kind: Exclude<Kind, "bool">, isRoot: boolean): string {
  const [what, instead] = WORDS[kind];
  const text = isRoot ? null : quote(node);
  const subject = isRoot ? "The expression" : text === null ? "A part of the expression that has to be true or false" : `\`${text}\``;
  return `${subject} gives ${what}, never true or false: ${instead}.`;
}

/** The operands that have to be true or false. */
function conditionsOf({ function: name, args }: CelCall): readonly CelNode[] {
  if (name === "_&&_" || name === "_||_" || name === "!_") return args;
  return name === "_?_:_" ? args.slice(0, 1) : [];
}

/** Two sides that are never of one type: they are never equal, and have no order. */
function findUnequal({ function: name, args: sides }: CelCall, bound: ReadonlyMap<string, Kind | null>): string | null {
  const [one, other] = sides.map((side) => kindOf(side, bound));
  if (!one || !other || one === other || one === "other" || other === "other") return null;
  const [first, second] = [one, other].map((kind) => (kind === "bool" ? "true or false" : WORDS[kind][0]));
  const text = sides.map(quote).find((part) => part !== null) ?? null;
  const subject = text === null ? "It" : `\`${text}\`: it`;
  return `${subject} compares ${first} with ${second}, which ${name === "_==_" || name === "_!=_" ? "are never equal" : "have no order"}.`;
}

function findCallProblem(call: CelCall, bound: ReadonlyMap<string, Kind | null>): string | null {
  for (const condition of conditionsOf(call)) {
    const kind = kindOf(condition, bound);
    if (kind !== null && kind !== "bool") return say(condition, kind, false);
  }
  const isMixed = NO_OPTIONALS.has(call.function) && call.args.some(isOptional) && !call.args.every(isOptional);
  if (isMixed) return "A value that may be missing is compared with one that is there: end it with .orValue(…), as in object.spec.?replicas.orValue(1) > 1.";
  return COMPARISONS.has(call.function) ? findUnequal(call, bound) : null;
}

/** What an expression is for: to be true or false, or to give any value. */
export type CelPurpose = "answer" | "value";

/** Why an expression can never be true or false where it has to, or never asks what it says, whatever the object; null where that is open. */
export function findTypeProblem(root: CelNode, purpose: CelPurpose): string | null {
  const visit = (node: CelNode, bound: ReadonlyMap<string, Kind | null>): string | null => {
    const { exprKind } = node;
    const own = exprKind.case === "callExpr" ? findCallProblem(exprKind.value, bound) : null;
    if (own !== null) return own;
    const inner = exprKind.case === "comprehensionExpr" ? new Map([...bound, [exprKind.value.iterVar, null], [exprKind.value.accuVar, null]] as const) : bound;
    for (const child of childrenOf(node)) {
      const found = visit(child, inner);
      if (found !== null) return found;
    }
    return null;
  };
  const below = visit(root, new Map());
  if (below !== null || purpose === "value") return below;
  const kind = kindOf(root, new Map());
  return kind === null || kind === "bool" ? null : say(root, kind, true);
}
