import { nameValue, toCall, toConstant, toIdent } from "./cel-build";
import { type CelCall, type CelNode, childrenOf } from "./cel-tree";
import { expandLoop } from "./expand-loops";
import { expandSets } from "./expand-sets";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

/** The same two on a value that may itself be missing. */
export const CHAINED_FIELD = "@chained_field";
export const CHAINED_INDEX = "@chained_index";

/** The calls that such steps become: what they go into is the target, the field or index their argument. */
export const OPTIONAL_STEPS: ReadonlySet<string> = new Set([OPTIONAL_FIELD, OPTIONAL_INDEX, CHAINED_FIELD, CHAINED_INDEX]);

const GIVE_OPTIONAL: ReadonlySet<string> = new Set([...OPTIONAL_STEPS, ...["or", "optMap", "optFlatMap", "validate", "first", "last"]]);
const CONSTRUCTORS: ReadonlySet<string> = new Set(["optional.none", "optional.of", "optional.ofNonZeroValue", "format.named"]);

/** Whether a node gives a value that may be missing, as far as its text tells. */
export function isOptional({ exprKind }: CelNode): boolean {
  if (exprKind.case === "comprehensionExpr") return exprKind.value.result !== undefined && isOptional(exprKind.value.result);
  if (exprKind.case !== "callExpr") return false;
  const { function: name, target, args } = exprKind.value;
  if (name === "_?_:_") return args.slice(1).some(isOptional);
  const isConstructor = target?.exprKind.case === "identExpr" && CONSTRUCTORS.has(`${target.exprKind.value.name}.${name}`);
  return isConstructor || (target !== undefined && GIVE_OPTIONAL.has(name));
}

/** The optional value that `optMap` is asked of; no expression can write this name. */
const ASKED = "@asked";
/** The one of which `orValue` gives the value, and the one that `or` gives, where it is there. */
export const PREFERRED = "@preferred";
export const FIRST = "@first";

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

/** `target.orValue(e)`, `target.or(e)`: e is asked only where there is no value, and may then be something that is not there either. */
function expandOr(id: bigint, { function: name, target, args }: CelCall): CelNode | null {
  const [other] = args;
  if (!target || !other || args.length !== 1) return null;
  const asked = name === "or" ? FIRST : PREFERRED;
  const optional = toIdent(id, asked);
  const value = toCall(id, "value", [], optional);
  const found = name === "or" ? toCall(id, "of", [value], toIdent(id, "optional")) : value;
  return nameValue(id, asked, target, toCall(id, "_?_:_", [toCall(id, "hasValue", [], optional), found, other]));
}

const EXPANSIONS: Readonly<Record<string, (id: bigint, call: CelCall) => CelNode | null>> = {
  optMap: expandMap,
  optFlatMap: expandMap,
  orValue: expandOr,
  or: expandOr,
};

function expandCall(node: CelNode, call: CelCall): void {
  const { function: name, target, args } = call;
  const [first, second] = args;
  if (name === "_[_]" && first && second && isOptional(first)) node.exprKind = toCall(node.id, CHAINED_INDEX, [second], first).exprKind;
  if (target && isOptional(target) && name === OPTIONAL_FIELD) call.function = CHAINED_FIELD;
  if (target && isOptional(target) && name === OPTIONAL_INDEX) call.function = CHAINED_INDEX;
  const expanded = (Object.hasOwn(EXPANSIONS, name) ? EXPANSIONS[name]?.(node.id, call) : null) ?? expandLoop(node.id, call) ?? expandSets(node.id, call);
  if (expanded) node.exprKind = expanded.exprKind;
}

/** Writes out what the parser leaves as it is: fields of what may be missing, `optMap`, loops of two variables, and sets. Changes the tree. */
export function expandMacros(node: CelNode): void {
  for (const child of childrenOf(node)) expandMacros(child);
  const { exprKind } = node;
  if (exprKind.case === "callExpr") expandCall(node, exprKind.value);
  if (exprKind.case !== "selectExpr" || !exprKind.value.operand || !isOptional(exprKind.value.operand)) return;
  const { field, operand, testOnly } = exprKind.value;
  const selected = toCall(node.id, CHAINED_FIELD, [toConstant(node.id, { case: "stringValue", value: field })], operand);
  node.exprKind = testOnly ? toCall(node.id, "hasValue", [], selected).exprKind : selected.exprKind;
}
