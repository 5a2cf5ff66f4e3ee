import { TICK } from "./cel-environment";
import { type CelCall, type CelNode, childrenOf } from "./cel-tree";

function call(like: CelNode, name: string, args: CelCall["args"]): CelNode {
  const value: CelCall = { $typeName: "cel.expr.Expr.Call", function: name, args };
  return { ...like, exprKind: { case: "callExpr", value } };
}

/** Makes every turn of every loop pay first: `condition` becomes `@tick() ? condition : condition`; an error of the tick ends the loop. */
export function insertTicks(root: CelNode): void {
  for (const child of childrenOf(root)) insertTicks(child);
  if (root.exprKind.case !== "comprehensionExpr") return;
  const loop = root.exprKind.value;
  if (loop.loopCondition) loop.loopCondition = call(loop.loopCondition, "_?_:_", [call(loop.loopCondition, TICK, []), loop.loopCondition, loop.loopCondition]);
}
