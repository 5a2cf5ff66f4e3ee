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
  if (exprKind.case !== "callExpr") return false;
  const { function: name, target, args } = exprKind.value;
  if (name === "_?_:_") return args.slice(1).some(isOptional);
  const isConstructor = target?.exprKind.case === "identExpr" && target.exprKind.value.name === "optional" && OF_OPTIONAL.has(name);
  return isConstructor || (target !== undefined && GIVE_OPTIONAL.has(name));
}

/** `target.optMap(v, e)`: e of the value where there is one; a loop over nothing is how CEL names a value. */
function expandMap(id: bigint, { function: name, target, args }: CelCall): CelNode | null {
  const [variable, body] = args;
  if (!target || !body || args.length !== 2 || variable?.exprKind.case !== "identExpr") return null;
  const accuVar = variable.exprKind.value.name;
  const loop: CelLoop = {
    $typeName: "cel.expr.Expr.Comprehension",
    iterVar: "@unused",
    iterVar2: "",
    iterRange: {
      $typeName: "cel.expr.Expr",
      id,
      exprKind: { case: "listExpr", value: { $typeName: "cel.expr.Expr.CreateList", elements: [], optionalIndices: [] } },
    },
    accuVar,
    accuInit: toCall(id, "value", [], target),
    loopCondition: toConstant(id, { case: "boolValue", value: false }),
    loopStep: toIdent(id, accuVar),
    result: body,
  };
  const found: CelNode = { $typeName: "cel.expr.Expr", id, exprKind: { case: "comprehensionExpr", value: loop } };
  const optional = toIdent(id, "optional");
  const some = name === "optFlatMap" ? found : toCall(id, "of", [found], optional);
  return toCall(id, "_?_:_", [toCall(id, "hasValue", [], target), some, toCall(id, "none", [], optional)]);
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
