import { type CelFunc, type CelValue, celEnv, celFunc, CelScalar, celMethod, isCelError, isCelList, isCelMap } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { CelBudget } from "./cel-budget";
import { QUANTITY_FUNCTIONS } from "./cel-quantity";
import { CEL_LIMITS, limitText } from "./cel-limits";

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

/** A function of the library that pays for what it does. */
function metered(func: CelFunc): CelFunc {
  const run = (target: CelValue | undefined, args: readonly CelValue[]): CelValue => {
    current?.charge(args.reduce<number>((sum, arg) => sum + sizeOf(arg), 1 + sizeOf(target)));
    if (func.name === "replace") checkReplace(target, args);
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
  // `format` of the library has no bound on width and precision.
  const library = [...celEnv({ funcs: [...strings, ...QUANTITY_FUNCTIONS] }).funcs].filter((func) => func.name !== "format");
  return celEnv({ funcs: [...library.map(metered), tick] });
}

export const CEL_ENVIRONMENT = createEnvironment();

const OPERATORS = new Set(["_&&_", "_||_", "_?_:_", "_[_]", "@not_strictly_false", TICK]);

/** Whether an expression may call it. */
export function isKnownFunction(name: string): boolean {
  return OPERATORS.has(name) || CEL_ENVIRONMENT.funcs.find(name) !== undefined;
}
