import { type CelFunc, type CelValue, celEnv, celFunc, CelScalar, celMethod, isCelError, isCelList, isCelMap } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { CelBudget } from "./cel-budget";
import { ADDRESS_FUNCTIONS } from "./cel-address";
import { COLLECTION_FUNCTIONS } from "./cel-collections";
import { FORMAT_FUNCTIONS } from "./cel-formats";
import { LIST_FUNCTIONS } from "./cel-lists";
import { OPTIONAL_FUNCTIONS } from "./cel-optional";
import { ORDER_FUNCTIONS } from "./cel-order";
import { QUANTITY_FUNCTIONS } from "./cel-quantity";
import { toRegexFunctions } from "./cel-regex";
import { SEMVER_FUNCTIONS } from "./cel-semver";
import { TEXT_FUNCTIONS } from "./cel-texts";
import { URL_FUNCTIONS } from "./cel-url";
import { CEL_LIMITS, limitText } from "./cel-limits";
import { SORT_BY } from "./expand-loops";

/** Called by every turn of a loop; no expression can write this name. */
export const TICK = "@tick";

/** The evaluation that runs: it is never interrupted, so one place is enough. */
let current: CelBudget | null = null;

/** Runs one evaluation at the expense of a budget. */
export function withBudget<T>(budget: CelBudget, run: () => T): T {
  const outer = current;
  current = budget;
  try {
    return run();
  } finally {
    current = outer;
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length / 64;
  if (value instanceof Uint8Array) return value.length / 64;
  if (isCelList(value) || isCelMap(value)) return value.size / 16;
  return 0;
}

function checkResult(value: unknown): void {
  if (typeof value === "string" && value.length > CEL_LIMITS.textLength) current?.refuse(`it makes a text of more than ${limitText("textLength")} characters`);
  if (value instanceof Uint8Array && value.length > CEL_LIMITS.textLength)
    current?.refuse(`it makes a text of more than ${limitText("textLength")} characters`);
  if (isCelList(value) && value.size > CEL_LIMITS.listLength) current?.refuse(`it makes a list of more than ${limitText("listLength")} items`);
}

/** Replacing builds the whole text again for each place, so its size is known before. */
function checkReplace(target: unknown, args: readonly unknown[]): void {
  const [from, to] = args;
  if (typeof target !== "string" || typeof from !== "string" || typeof to !== "string") return;
  checkResult(target);
  const grown = target.length + (target.split(from).length - 1) * Math.max(0, to.length - from.length);
  if (grown > CEL_LIMITS.textLength) current?.refuse(`it makes a text of more than ${limitText("textLength")} characters`);
}

/** Values in a value, itself included; no more than one over `most` are looked at: a few loops make lists that hold each other a billion times. */
function countValues(value: unknown, most: number): number {
  let count = 1;
  if (!isCelList(value) && !isCelMap(value)) return count;
  for (const item of value.values()) {
    if (count > most) return count;
    count += countValues(item, most - count);
  }
  return count;
}

/** Where two values are compared, at most as many are as the smaller one holds. */
function countCompared(one: unknown, other: unknown): number {
  const count = countValues(one, CEL_LIMITS.objectSteps * COMPARED_AT_ONCE);
  return Math.min(count, countValues(other, count));
}

/** Values that are compared in one step. */
const COMPARED_AT_ONCE = 16;

/** What a comparison costs beside its call. */
function chargeCompared(name: string, target: unknown, args: readonly unknown[]): void {
  // Each item is compared with those before it.
  if (name === "distinct" && isCelList(target)) current?.charge((target.size * countValues(target, CEL_LIMITS.objectSteps)) / 2 / COMPARED_AT_ONCE);
  const sorted = name === "sort" ? target : name === SORT_BY ? args[0] : null;
  // Each item is compared with one in the middle of ever shorter parts, both ways; calls for two items alone cost what a step does.
  if (isCelList(sorted)) current?.charge(sorted.size * Math.log2(sorted.size + 1));
  const isOfList = isCelList(target) && (name === "indexOf" || name === "lastIndexOf");
  const [one, other] = isOfList ? [args[0], target] : args;
  const isSearched = isOfList || (name === "@in" && isCelList(other));
  if (!isSearched && name !== "_==_" && name !== "_!=_") return;
  let count = 0;
  for (const against of isSearched && isCelList(other) ? other : [other]) {
    count += countCompared(against, one) - 1;
    if (count > CEL_LIMITS.objectSteps * COMPARED_AT_ONCE) break;
  }
  current?.charge(count / COMPARED_AT_ONCE);
}

/** Digits behind the point that a number may be written with. */
const MOST_PRECISION = 20;

/** The length of the text that a value is written as, at most `most`: no longer is looked at. */
function writtenLength(value: unknown, most: number): number {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length;
  let length = 1;
  if (isCelList(value)) for (const item of value) if ((length += writtenLength(item, most)) > most) return length;
  if (isCelMap(value)) for (const [key, entry] of value) if ((length += writtenLength(key, most) + writtenLength(entry, most)) > most) return length;
  return length;
}

/** The library writes numbers as wide as they are asked for, and lists as long as they are. */
function checkFormat(target: unknown, [values]: readonly unknown[]): void {
  const digits = typeof target === "string" ? [...target.matchAll(/%\.(\d+)/g)].map((match) => Number(match[1])) : [];
  if (digits.some((count) => count > MOST_PRECISION)) current?.refuse(`it writes a number with more than ${MOST_PRECISION} digits behind the point`);
  if (writtenLength(values, CEL_LIMITS.textLength) > CEL_LIMITS.textLength)
    current?.refuse(`it makes a text of more than ${limitText("textLength")} characters`);
}

/** A function of the library that pays for what it does. */
function metered(func: CelFunc): CelFunc {
  const run = (target: CelValue | undefined, args: readonly CelValue[]): CelValue => {
    current?.charge(args.reduce<number>((sum, arg) => sum + sizeOf(arg), 1 + sizeOf(target)));
    chargeCompared(func.name, target, args);
    if (func.name === "replace") checkReplace(target, args);
    if (func.name === "format") checkFormat(target, args);
    const result = func.call(0, target, [...args]);
    if (result === undefined) throw new Error(`${func.name} cannot be asked of these values`);
    if (isCelError(result)) throw result;
    checkResult(result);
    return result as CelValue; // safe: neither an error nor undefined
  };
  if (func.target === undefined) return celFunc(func.name, func.arguments, func.result, (...args) => run(undefined, args as CelValue[]) as never);
  return celMethod(func.name, func.target, func.arguments, func.result, function (...args) {
    return run(this as CelValue, args as CelValue[]) as never;
  });
}

const tick = celFunc(TICK, [], CelScalar.BOOL, () => {
  current?.charge(1);
  return true;
});

function createEnvironment() {
  const funcs = [...strings, ...ORDER_FUNCTIONS, ...QUANTITY_FUNCTIONS, ...SEMVER_FUNCTIONS, ...OPTIONAL_FUNCTIONS, ...ADDRESS_FUNCTIONS, ...URL_FUNCTIONS];
  const regex = toRegexFunctions((steps) => current?.charge(steps));
  const library = [...celEnv({ funcs: [...funcs, ...COLLECTION_FUNCTIONS, ...LIST_FUNCTIONS, ...FORMAT_FUNCTIONS, ...TEXT_FUNCTIONS, ...regex] }).funcs];
  return celEnv({ funcs: [...library.map(metered), tick] });
}

export const CEL_ENVIRONMENT = createEnvironment();

const OPERATORS = new Set(["_&&_", "_||_", "_?_:_", "_[_]", "@not_strictly_false", TICK]);

/** Whether an expression may call it. */
export function isKnownFunction(name: string): boolean {
  return OPERATORS.has(name) || CEL_ENVIRONMENT.funcs.find(name) !== undefined;
}
