import { isRecord, type JsonRecord, list, records, text } from "../../model/json";
import { matchesGlob } from "../values/matches-glob";
import { isSomething, type KyvernoValue, readRegistries, readValue, type Test } from "./kyverno-paths";
import { type Cel, isInRange, isMeasured, isNamed, join, LOOKED_UP, toPattern } from "./kyverno-texts";

/** A question that may not be put into CEL. */
type Asks = (of: string) => Cel;

const ANY: Test = () => "true";

/** Asks of a test that may not be put into CEL. */
function ask(some: (test: Test) => string, asks: Asks, negated = ""): Cel {
  // Whether it can be is the same of anything.
  return asks("x") === null ? null : some((of) => `${negated}(${asks(of)})`);
}

/** A text by itself that Kyverno reads as JSON, or does not compare. */
const NO_NAME = /^\s*(?:[[{"]|(?:true|false|null|-?\d[\d.eE+-]*)\s*$)/;

/** Constants that something is compared with, as Kyverno writes them: each may be a glob. */
function readNames(value: unknown): readonly string[] | null {
  if (typeof value === "string") return NO_NAME.test(value) || LOOKED_UP.test(value) ? null : [value];
  const names = list(value).flatMap((item) => (typeof item === "string" || typeof item === "boolean" || Number.isSafeInteger(item) ? String(item) : []));
  return Array.isArray(value) && names.length === value.length && !names.some((name) => LOOKED_UP.test(name)) ? names : null;
}

/** Whether something is one of those that are named. */
function isAmong(value: unknown): Asks {
  if (typeof value === "string" && isMeasured(value)) return (of) => (value.includes("!") ? null : isInRange(value, of));
  const names = readNames(value);
  if (names === null) return () => null;
  return (of) =>
    names.length === 0
      ? "false"
      : join(
          names.map((name) => isNamed(name, of)),
          "||",
        );
}

const HAS_REGISTRY = "^(?:[^/]*[.:A-Z][^/]*|localhost)/";
const OF_KYVERNO = "docker.io";

/** Whether an image is of one of the registries that are named. */
function isOf(value: unknown): Asks {
  const names = readNames(value);
  const isOfOne = (name: string, of: string): string => {
    const named = `${of}.matches(${JSON.stringify(HAS_REGISTRY)}) && ${of}.matches(${JSON.stringify(`^${toPattern(name, "[^/]")}/`)})`;
    return matchesGlob(name, OF_KYVERNO) ? `(${named} || !${of}.matches(${JSON.stringify(HAS_REGISTRY)}))` : `(${named})`;
  };
  return (of) =>
    names &&
    join(
      names.map((name) => isOfOne(name, of)),
      "||",
    );
}

/** What stands for a list that is empty, where it is none itself. */
function nameOfNothing({ otherwise }: Pick<KyvernoValue, "otherwise">): string | null {
  return otherwise === null || otherwise === "[]" ? null : otherwise.replace(/^"|"$/g, "");
}

/** Whether a condition on the items of a list holds. */
function ofItems(asked: Pick<KyvernoValue, "some" | "otherwise" | "isSure">, operator: string, isIn: Asks, names: readonly string[] | null): Cel {
  const nothing = nameOfNothing(asked);
  const isNothingIn = nothing !== null && (names ?? []).some((name) => matchesGlob(name, nothing));
  const orNothing = (cel: Cel, isMet: boolean): Cel => (cel !== null && nothing !== null && isMet ? `(${cel} || !${asked.some(ANY)})` : cel);
  if (operator === "anyin") return orNothing(ask(asked.some, isIn), isNothingIn);
  if (operator === "anynotin") return orNothing(ask(asked.some, isIn, "!"), !isNothingIn);
  const others = operator === "allin" && nothing === null && asked.isSure ? ask(asked.some, isIn, "!") : null;
  return others && `!${others}`;
}

const SWITCH = /^(?:true|false)$/;
const ORDERS: Readonly<Record<string, string>> = { greaterthan: ">", greaterthanorequals: ">=", lessthan: "<", lessthanorequals: "<=" };

/** What an operator asks of one value. */
function ofValue(operator: string, value: unknown): Asks {
  const order = ORDERS[operator];
  if (order !== undefined) return (of) => (Number.isSafeInteger(value) ? `${of} ${order} ${value}` : null);
  const isNegative = operator.includes("not");
  if (/^(?:any|all)?(?:not)?in$/.test(operator)) {
    const isIn = isAmong(value);
    const names = readNames(value) ?? [];
    // Not every release compares what is true or false, or reads a pattern in what all of something is to be in.
    if (operator !== "anyin" && names.some((name) => SWITCH.test(name) || (operator.startsWith("all") && /[*?]/.test(name)))) return () => null;
    return isNegative ? (of) => isIn(of) && `!(${isIn(of)})` : isIn;
  }
  if (!/^(?:not)?equals?$/.test(operator)) return () => null;
  // What is of another type than the value is neither equal to it nor unequal.
  if (typeof value === "boolean") return (of) => `${of} == ${value !== isNegative}`;
  if (Number.isSafeInteger(value)) return (of) => (isNegative ? null : `${of} == ${value}`);
  if (typeof value !== "string" || isMeasured(value) || /^\d+$/.test(value)) return () => null;
  return (of) => {
    const isEqual = SWITCH.test(value) ? `${of} == "${value}"` : isNamed(value, of);
    return isEqual && `(type(${of}) == string && ${isNegative ? "!" : ""}(${isEqual}))`;
  };
}

/** Fields that are always there where what they are in is. */
const REQUIRED = /\.(?:image|name|path|mountPath|containerPort)$/;

/** Whether a condition on one value holds. */
function ofOne({ some, whole, otherwise }: KyvernoValue, asks: Asks, isOfItem: boolean): Cel {
  if (otherwise !== null) {
    const nothing = otherwise === "[]" ? "false" : asks(`dyn(${otherwise})`);
    const something = ask(some, (of) => asks(of) && `${isSomething(of)} && ${asks(of)}`);
    return something && nothing && `(${something} || (!${some(isSomething)} && ${nothing}))`;
  }
  if (whole === null) return null;
  // What is not there fails a rule; among several items it may be passed over.
  if (isOfItem) return REQUIRED.test(whole) ? ask(some, asks) : null;
  return asks(whole);
}

const SOME = new Set(["greaterthan 0", "greaterthanorequals 1", "notequals 0", "notequal 0"]);
const NONE = new Set(["equals 0", "equal 0", "lessthan 1", "lessthanorequals 0"]);

function ofCount({ some, isList, isSure }: KyvernoValue, operator: string, value: unknown, letsFail: boolean): Cel {
  const asked = `${operator} ${value}`;
  if (!isList) return null;
  return SOME.has(asked) ? some(ANY) : NONE.has(asked) && (isSure || !letsFail) ? `!${some(ANY)}` : null;
}

/** Neither a pattern nor taken from elsewhere. */
const CONSTANT = /^[\w./-]+$/;

/** Whether one of the items of a list is a constant. */
function ofConstant(key: string, operator: string, asked: KyvernoValue | null, letsFail: boolean): Cel {
  const nothing = asked && nameOfNothing(asked);
  if (!asked?.isList || asked.isCount || !CONSTANT.test(key) || nothing === key) return null;
  const isIn = asked.some((of) => `${of} == ${JSON.stringify(key)}`);
  if (/^(?:any|all)?in$/.test(operator)) return isIn;
  // All operators but one take a text for no list: nothing is in it, and nothing is not in it.
  const isTold = (nothing === null || operator === "anynotin") && (asked.isSure || !letsFail);
  return isTold && /^(?:any|all)?notin$/.test(operator) ? `!${isIn}` : null;
}

/** What lets through an item, or an object, where it fails: what it asks for is then to be there. */
interface Lenience {
  /** What an item is called; null = it is about the object. */
  readonly element: string | null;
  readonly letsFail: boolean;
}

/** Whether a condition may fail, as it asks for what need not be there. */
export function mayFail({ key, value }: JsonRecord, element: string | null): boolean {
  return [readRegistries(key) ?? readValue(key, element), readValue(value, element)].some((asked) => asked?.isSure === false);
}

/** Whether a condition holds. */
function ofCondition({ key, operator: written, value }: JsonRecord, { element, letsFail }: Lenience): Cel {
  const operator = (text(written) ?? "").toLowerCase();
  const registries = readRegistries(key);
  if (registries) return ofItems({ ...registries, otherwise: null }, operator, isOf(value), null);
  const asked = readValue(key, element);
  if (asked?.isCount) return ofCount(asked, operator, value, letsFail);
  if (asked?.isList) return ofItems(asked, operator, isAmong(value), readNames(value));
  if (asked) return ofOne(asked, ofValue(operator, value), element !== null);
  return ofConstant(text(key) ?? "", operator, readValue(value, element), letsFail);
}

/** Whether what a rule of Kyverno asks by conditions holds, in CEL, of a new pod, or of an item of one; null = it is not put into CEL here. */
export function celOfConditions(conditions: unknown, element: string | null, failsOpen = false): Cel {
  const letsFail = failsOpen || element !== null;
  const ofEach = (items: readonly JsonRecord[], operator: "&&" | "||"): Cel => {
    // After one that fails no other is asked.
    if (letsFail && operator === "||" && items.slice(0, -1).some((item) => mayFail(item, element))) return null;
    return join(
      items.map((item) => ("any" in item || "all" in item ? celOfConditions(item, element, failsOpen) : ofCondition(item, { element, letsFail }))),
      operator,
    );
  };
  if (!isRecord(conditions)) return ofEach(records(conditions), "&&");
  const [any, all] = [records(conditions.any), records(conditions.all)];
  return join([...(any.length > 0 ? [ofEach(any, "||")] : []), ...(all.length > 0 ? [ofEach(all, "&&")] : [])], "&&");
}
