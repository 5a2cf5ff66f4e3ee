import { TICK } from "./cel-environment";
import { type CelNode, childrenOf } from "./cel-tree";
import { toCall } from "./cel-build";

/** Makes every turn of every loop pay first: `condition` becomes `@tick() ? condition : condition`; an error of the tick ends the loop. */
export function insertTicks(root: CelNode): void {
  for (const child of childrenOf(root)) insertTicks(child);
  if (root.exprKind.case !== "comprehensionExpr") return;
  const loop = root.exprKind.value;
  if (!loop.loopCondition) return;
  const { id } = loop.loopCondition;
  loop.loopCondition = toCall(id, "_?_:_", [toCall(id, TICK, []), loop.loopCondition, loop.loopCondition]);
}
