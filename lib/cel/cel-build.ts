import type { CelCall, CelLoop, CelNode } from "./cel-tree";

export function toCall(id: bigint, name: string, args: readonly CelNode[], target?: CelNode): CelNode {
  const value: CelCall = { $typeName: "cel.expr.Expr.Call", function: name, args: [...args], ...(target && { target }) };
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "callExpr", value } };
}

export function toIdent(id: bigint, name: string): CelNode {
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "identExpr", value: { $typeName: "cel.expr.Expr.Ident", name } } };
}

export function toConstant(id: bigint, constantKind: Extract<CelNode["exprKind"], { case: "constExpr" }>["value"]["constantKind"]): CelNode {
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "constExpr", value: { $typeName: "cel.expr.Constant", constantKind } } };
}

export function toList(id: bigint, elements: readonly CelNode[]): CelNode {
  return {
    $typeName: "cel.expr.Expr",
    id,
    exprKind: { case: "listExpr", value: { $typeName: "cel.expr.Expr.CreateList", elements: [...elements], optionalIndices: [] } },
  };
}

/** `{}`. */
export function toEmptyMap(id: bigint): CelNode {
  return {
    $typeName: "cel.expr.Expr",
    id,
    exprKind: { case: "structExpr", value: { $typeName: "cel.expr.Expr.CreateStruct", messageName: "", entries: [] } },
  };
}

export function toLoop(id: bigint, loop: Omit<CelLoop, "$typeName" | "iterVar2">): CelNode {
  const value: CelLoop = { $typeName: "cel.expr.Expr.Comprehension", iterVar2: "", ...loop };
  return { $typeName: "cel.expr.Expr", id, exprKind: { case: "comprehensionExpr", value } };
}

/** Of a loop that never turns: it names one value. */
export const NAMES_A_VALUE = "@unused";

/** `body` with `name` for a value: CEL has no other way to name one than a loop over nothing. */
export function nameValue(id: bigint, name: string, value: CelNode, body: CelNode): CelNode {
  return toLoop(id, {
    iterVar: NAMES_A_VALUE,
    iterRange: toList(id, []),
    accuVar: name,
    accuInit: value,
    loopCondition: toConstant(id, { case: "boolValue", value: false }),
    loopStep: toIdent(id, name),
    result: body,
  });
}
