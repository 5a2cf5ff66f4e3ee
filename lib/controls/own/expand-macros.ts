import { type CelCall, type CelLoop, type CelNode, childrenOf } from "./cel-tree";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

/** The same two on a value that may itself be missing. */
export const CHAINED_FIELD = "@chained_field";
export const CHAINED_INDEX = "@chained_index";

const GIVE_OPTIONAL: ReadonlySet<string> = new Set([OPTIONAL_FIELD, OPTIONAL_INDEX, CHAINED_FIELD, CHAINED_INDEX, "or", "optMap", "optFlatMap"]);
const OF_OPTIONAL: ReadonlySet<string> = new Set(["none", "of", "ofNonZeroValue"]);

export function toCall(id: bigint, name: string, args: readonly CelNode[], target?: CelNode): CelNode {
  const value: CelCall = { $typeName: "cel.expr.Expr.Call", function: name, args: [...args], ...(target && { target }) };
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "callExpr", value } };
}

function toIdent(id: bigint, name: string): CelNode {
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "identExpr", value: { $typeName: "cel.expr.Expr.Ident", name } } };
}

function toConstant(id: bigint, constantKind: Extract<CelNode["exprKind"], { case: "constExpr" }>["value"]["constantKind"]): CelNode {
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "constExpr", value: { $typeName: "cel.expr.Constant", constantKind } } };
}

/** Whether a node gives a value that may be missing, as far as its text tells. */
export function isOptional({ exprKind }: CelNode): boolean {
  if (exprKind.case === "comprehensionExpr") return exprKind.value.result !== undefined && isOptional(exprKind.value.result);
  if (exprKind.case !== "callExpr") return false;
  const { function: name, target, args } = exprKind.value;
  if (name === "_?_:_") return args.slice(1).some(isOptional);
  const isConstructor = target?.exprKind.case === "identExpr" && target.exprKind.value.name === "optional" && OF_OPTIONAL.has(name);
  return isConstructor || (target !== undefined && GIVE_OPTIONAL.has(name));
}

/** Of a loop that never turns: it names one value. */
export const NAMES_A_VALUE = "@unused";
/** The optional value that `optMap` is asked of; no expression can write this name. */
const ASKED = "@asked";

/** `body` with `name` for a value: CEL has no other way to name one than a loop over nothing. */
function nameValue(id: bigint, name: string, value: CelNode, body: CelNode): CelNode {
  const loop: CelLoop = {
    $typeName: "cel.expr.Expr.Comprehension",
    iterVar: NAMES_A_VALUE,
    iterVar2: "",
    iterRange: {
      $typeName: "cel.expr.Expr",
      id,
      exprKind: { case: "listExpr", value: { $typeName: "cel.expr.Expr.CreateList", elements: [], optionalIndices: [] } },
    },
    accuVar: name,
    accuInit: value,
    loopCondition: toConstant(id, { case: "boolValue", value: false }),
    loopStep: toIdent(id, name),
    result: body,
  };
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "comprehensionExpr", value: loop } };
}

/** `target.optMap(v, e)`: e of the value where there is one. The target is asked once, or a chain of these would double with each link. */
function expandMap(id: bigint, { function: name, target, args }: CelCall): CelNode | null {
  const [variable, body] = args;
  if (!target || !body || args.length !== 2 || variable?.exprKind.case !== "identExpr") return null;
  const found = nameValue(id, variable.exprKind.value.name, toCall(id, "value", [], toIdent(id, ASKED)), body);
  const optional = toIdent(id, "optional");
  const some = name === "optFlatMap" ? found : toCall(id, "of", [found], optional);
  const choice = toCall(id, "_?_:_", [toCall(id, "hasValue", [], toIdent(id, ASKED)), some, toCall(id, "none", [], optional)]);
  return nameValue(id, ASKED, target, choice);
}

function expandCall(node: CelNode, call: CelCall): void {
  const { function: name, target, args } = call;
  const [first, second] = args;
  if (name === "_[_]" && first && second && isOptional(first)) node.exprKind = toCall(node.id, CHAINED_INDEX, [second], first).exprKind;
  if (target && isOptional(target) && name === OPTIONAL_FIELD) call.function = CHAINED_FIELD;
  if (target && isOptional(target) && name === OPTIONAL_INDEX) call.function = CHAINED_INDEX;
  if (name === "optMap" || name === "optFlatMap") {
    const expanded = expandMap(node.id, call);
    if (expanded) node.exprKind = expanded.exprKind;
  }
}

/** Writes out what the parser leaves as it is: fields of what may be missing, and `optMap`. Changes the tree. */
export function expandMacros(node: CelNode): void {
  for (const child of childrenOf(node)) expandMacros(child);
  const { exprKind } = node;
  if (exprKind.case === "callExpr") expandCall(node, exprKind.value);
  if (exprKind.case !== "selectExpr" || !exprKind.value.operand || !isOptional(exprKind.value.operand)) return;
  const { field, operand, testOnly } = exprKind.value;
  const selected = toCall(node.id, CHAINED_FIELD, [toConstant(node.id, { case: "stringValue", value: field })], operand);
  node.exprKind = testOnly ? toCall(node.id, "hasValue", [], selected).exprKind : selected.exprKind;
}
