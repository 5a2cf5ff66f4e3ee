import { nameValue, toCall, toConstant, toIdent, toLoop } from "./cel-build";
import type { CelCall, CelNode } from "./cel-tree";

/** A list, or no answer. No expression can write this name. */
export const LIST = "@list";

const ONE = "@one";
const OTHER = "@other";
const ITEM = "@item";
const FOUND = "@found";

/** Whether all items of a list are in another, or any is. */
function loopOver(id: bigint, list: string, within: string, operator: "_&&_" | "_||_"): CelNode {
  const isAll = operator === "_&&_";
  const found = toIdent(id, FOUND);
  return toLoop(id, {
    iterVar: ITEM,
    iterRange: toIdent(id, list),
    accuVar: FOUND,
    accuInit: toConstant(id, { case: "boolValue", value: isAll }),
    loopCondition: toCall(id, "@not_strictly_false", [isAll ? found : toCall(id, "!_", [found])]),
    loopStep: toCall(id, operator, [found, toCall(id, "@in", [toIdent(id, ITEM), toIdent(id, within)])]),
    result: found,
  });
}

const BODIES: Readonly<Record<string, (id: bigint) => CelNode>> = {
  contains: (id) => loopOver(id, OTHER, ONE, "_&&_"),
  intersects: (id) => loopOver(id, OTHER, ONE, "_||_"),
  equivalent: (id) => toCall(id, "_&&_", [loopOver(id, OTHER, ONE, "_&&_"), loopOver(id, ONE, OTHER, "_&&_")]),
};

/** `sets.contains(a, b)`, `sets.intersects`, `sets.equivalent` as loops, which pay for each turn. null for any other call. */
export function expandSets(id: bigint, { function: name, target, args }: CelCall): CelNode | null {
  const [one, other] = args;
  const isSets = target?.exprKind.case === "identExpr" && target.exprKind.value.name === "sets" && Object.hasOwn(BODIES, name);
  if (!isSets || !one || !other || args.length !== 2) return null;
  const body = BODIES[name]?.(id);
  return body ? nameValue(id, ONE, toCall(id, LIST, [one]), nameValue(id, OTHER, toCall(id, LIST, [other]), body)) : null;
}
