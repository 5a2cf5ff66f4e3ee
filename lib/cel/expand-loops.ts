import { nameValue, toCall, toConstant, toEmptyMap, toIdent, toList, toLoop } from "./cel-build";
import type { CelCall, CelNode } from "./cel-tree";
import { LIST } from "./expand-sets";

/** Keys of a map, or numbers of a list's items; an entry put into a map, or all of another map. No expression can write these names. */
export const KEYS = "@keys";
export const PUT = "@put";
export const PUT_ALL = "@put_all";
/** A list in the order of the items of another. */
export const SORT_BY = "@sort_by";

/** What is looped over, and what a loop has come to. */
const RANGE = "@range";
const SO_FAR = "@so_far";

interface Parts {
  readonly start: CelNode;
  readonly step: CelNode;
  /** Loops on while this holds; always where it is left out. */
  readonly condition?: CelNode;
  readonly result?: CelNode;
}

type Build = (id: bigint, key: CelNode, body: CelNode, filter: CelNode | undefined) => Parts;

const soFar = (id: bigint): CelNode => toIdent(id, SO_FAR);
const truth = (id: bigint, value: boolean): CelNode => toConstant(id, { case: "boolValue", value });
const whole = (id: bigint, value: bigint): CelNode => toConstant(id, { case: "int64Value", value });
const choose = (id: bigint, condition: CelNode | undefined, step: CelNode): CelNode => (condition ? toCall(id, "_?_:_", [condition, step, soFar(id)]) : step);

function quantifier(id: bigint, body: CelNode, operator: "_&&_" | "_||_"): Parts {
  const isAll = operator === "_&&_";
  const going = isAll ? soFar(id) : toCall(id, "!_", [soFar(id)]);
  return { start: truth(id, isAll), step: toCall(id, operator, [soFar(id), body]), condition: toCall(id, "@not_strictly_false", [going]) };
}

const existsOne: Build = (id, _, body) => ({
  start: whole(id, 0n),
  step: choose(id, body, toCall(id, "_+_", [soFar(id), whole(id, 1n)])),
  result: toCall(id, "_==_", [soFar(id), whole(id, 1n)]),
});

/** By name, with whether it may filter. */
const LOOPS: Readonly<Record<string, { readonly filters: boolean; readonly build: Build }>> = {
  all: { filters: false, build: (id, _, body) => quantifier(id, body, "_&&_") },
  exists: { filters: false, build: (id, _, body) => quantifier(id, body, "_||_") },
  exists_one: { filters: false, build: existsOne },
  existsOne: { filters: false, build: existsOne },
  transformList: {
    filters: true,
    build: (id, _, body, filter) => ({ start: toList(id, []), step: choose(id, filter, toCall(id, "_+_", [soFar(id), toList(id, [body])])) }),
  },
  transformMap: {
    filters: true,
    build: (id, key, body, filter) => ({ start: toEmptyMap(id), step: choose(id, filter, toCall(id, PUT, [soFar(id), key, body])) }),
  },
  transformMapEntry: {
    filters: true,
    build: (id, _, body, filter) => ({ start: toEmptyMap(id), step: choose(id, filter, toCall(id, PUT_ALL, [soFar(id), body])) }),
  },
};

/** `target.sortBy(v, e)`: the items in the order of e of each. The target is asked once. null where it takes something else. */
function expandSort(id: bigint, { target, args }: CelCall): CelNode | null {
  const [variable, key] = args;
  if (!target || !key || args.length !== 2 || variable?.exprKind.case !== "identExpr") return null;
  const keys = toLoop(id, {
    iterVar: variable.exprKind.value.name,
    iterRange: toIdent(id, RANGE),
    accuVar: SO_FAR,
    accuInit: toList(id, []),
    loopCondition: truth(id, true),
    loopStep: toCall(id, "_+_", [soFar(id), toList(id, [key])]),
    result: soFar(id),
  });
  return nameValue(id, RANGE, toCall(id, LIST, [target]), toCall(id, SORT_BY, [toIdent(id, RANGE), keys]));
}

/**
 * `target.all(k, v, e)` and the others of two variables: k is the key of a map's entry or the number of a list's item, v its value. The target is
 * asked once, and v is named anew in each turn. null for any other call.
 */
export function expandLoop(id: bigint, call: CelCall): CelNode | null {
  const { function: name, target, args } = call;
  if (name === "sortBy") return expandSort(id, call);
  const loop = Object.hasOwn(LOOPS, name) ? LOOPS[name] : undefined;
  const [key, value, ...rest] = args;
  if (!loop || !target || key?.exprKind.case !== "identExpr" || value?.exprKind.case !== "identExpr") return null;
  const keyName = key.exprKind.value.name;
  const valueName = value.exprKind.value.name;
  if (keyName === valueName || rest.length < 1 || rest.length > (loop.filters ? 2 : 1)) return null;
  const [body, filter] = rest.toReversed();
  if (!body) return null;
  const entry = toCall(id, "_[_]", [toIdent(id, RANGE), toIdent(id, keyName)]);
  const named = (part: CelNode): CelNode => nameValue(id, valueName, entry, part);
  const { start, step, condition, result } = loop.build(id, toIdent(id, keyName), named(body), filter && named(filter));
  return nameValue(
    id,
    RANGE,
    target,
    toLoop(id, {
      iterVar: keyName,
      iterRange: toCall(id, KEYS, [toIdent(id, RANGE)]),
      accuVar: SO_FAR,
      accuInit: start,
      loopCondition: condition ?? truth(id, true),
      loopStep: step,
      result: result ?? soFar(id),
    }),
  );
}
