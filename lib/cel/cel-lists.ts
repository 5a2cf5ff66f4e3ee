import { type CelFunc, celFunc, type CelInput, celEnv, celMethod, CelScalar, isCelError, isCelList, type CelList, listType, parse, plan } from "@bufbuild/cel";
import { remembered } from "../model/remembered";
import { CEL_LIMITS, limitText } from "./cel-limits";
import { OPTIONAL, toOptional } from "./cel-optional";
import { SORT_BY } from "./expand-loops";

const ITEMS = listType(CelScalar.DYN);

const LESS = "a < b";
const SAME = "a == b";
// Texts and lists can be joined by +, but have no sum.
const ADD = "type(a) in [string, bytes, list] ? 1 / 0 == 1 : a + b";

/** Made when it is first asked: most scans meet no expression at all, and to read one takes a tenth of their start. */
const planOf = remembered((expression) => plan(celEnv(), parse(expression)), { limit: 10 });

/** By the operators of the language, so that what they cannot compare or add has no order and no sum. */
function compute(expression: string, a: unknown, b: unknown, what: string): unknown {
  const answer = planOf(expression)({ a: a as CelInput, b: b as CelInput }); // safe: both are values of the language
  if (isCelError(answer)) throw new Error(`${what} is asked of a list whose items cannot be ${what === "sum" ? "added" : "compared"}`);
  return answer;
}

function isSorted(list: CelList): boolean {
  const items = [...list];
  return items.every((item, index) => index === 0 || compute(LESS, item, items[index - 1], "isSorted") === false);
}

function least(list: CelList, what: "min" | "max"): CelInput {
  const [first, ...rest] = list;
  if (list.size === 0) throw new Error(`${what} is asked of an empty list`);
  const isBefore = (one: unknown, other: unknown): boolean =>
    compute(LESS, ...(what === "min" ? ([one, other] as const) : ([other, one] as const)), what) === true;
  return rest.reduce((best, item) => (isBefore(item, best) ? item : best), first) as CelInput; // safe: an item of the list
}

function sum(list: CelList): CelInput {
  const [first, ...rest] = list;
  if (list.size === 0) return 0n;
  // One alone is added to nothing, so that a text has no sum either.
  if (rest.length === 0) compute(ADD, first, first, "sum");
  return rest.reduce((total, item) => compute(ADD, total, item, "sum") as CelInput, first as CelInput); // safe: sums are values of the language
}

function isItem(list: CelList, wanted: unknown): readonly boolean[] {
  return [...list].map((item) => compute(SAME, item, wanted, "indexOf") === true);
}

function keepShort(length: number | bigint): void {
  if (length > CEL_LIMITS.listLength) throw new Error(`it makes a list of more than ${limitText("listLength")} items`);
}

/** The items in the order of their keys, which are of one type. */
function sortBy(list: CelList, keys: CelList): CelInput[] {
  keepShort(list.size);
  const [first] = keys;
  const pairs = [...keys].map((key, index) => ({ key, item: list.get(index) }));
  // One alone is compared with itself, so that a list of lists has no order either.
  if (pairs.length > 0) compute(LESS, first, first, "sort");
  if (pairs.some(({ key }) => typeof key !== typeof first)) throw new Error("sort is asked of a list whose items are of different types");
  const isBefore = (one: unknown, other: unknown): boolean => compute(LESS, one, other, "sort") === true;
  return pairs.sort((a, b) => (isBefore(a.key, b.key) ? -1 : isBefore(b.key, a.key) ? 1 : 0)).map(({ item }) => item as CelInput); // safe: items of the list
}

function distinct(list: CelList): CelInput[] {
  keepShort(list.size);
  const kept: unknown[] = [];
  for (const item of list) if (!kept.some((known) => compute(SAME, known, item, "distinct") === true)) kept.push(item);
  return kept as CelInput[]; // safe: items of the list
}

function slice(list: CelList, from: bigint, to: bigint): CelInput[] {
  if (from < 0n || from > to || to > list.size) throw new Error(`slice takes places within the list of ${list.size}, the first one first`);
  return [...list].slice(Number(from), Number(to)) as CelInput[]; // safe: items of the list
}

function flatten(list: CelList, depth: bigint): CelInput[] {
  if (depth < 0n) throw new Error("flatten takes how deep it goes, which is not less than 0");
  const flat: unknown[] = [];
  const add = (items: CelList, left: bigint): void => {
    for (const item of items) {
      if (isCelList(item) && left > 0n) add(item, left - 1n);
      else flat.push(item);
      keepShort(flat.length);
    }
  };
  add(list, depth);
  return flat as CelInput[]; // safe: items of lists
}

function range(count: bigint): bigint[] {
  if (count < 0n) throw new Error("lists.range takes how many there are, which is not less than 0");
  keepShort(count);
  return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
}

/** The list library of Kubernetes. */
export const LIST_FUNCTIONS: readonly CelFunc[] = [
  celMethod("isSorted", ITEMS, [], CelScalar.BOOL, function () {
    return isSorted(this);
  }),
  celMethod("sum", ITEMS, [], CelScalar.DYN, function () {
    return sum(this);
  }),
  ...(["min", "max"] as const).map((name) =>
    celMethod(name, ITEMS, [], CelScalar.DYN, function () {
      return least(this, name);
    }),
  ),
  celMethod("indexOf", ITEMS, [CelScalar.DYN], CelScalar.INT, function (wanted) {
    return BigInt(isItem(this, wanted).indexOf(true));
  }),
  celMethod("lastIndexOf", ITEMS, [CelScalar.DYN], CelScalar.INT, function (wanted) {
    return BigInt(isItem(this, wanted).lastIndexOf(true));
  }),
  celFunc("lists.range", [CelScalar.INT], ITEMS, range),
  celFunc(SORT_BY, [ITEMS, ITEMS], ITEMS, sortBy),
  celMethod("sort", ITEMS, [], ITEMS, function () {
    return sortBy(this, this);
  }),
  celMethod("distinct", ITEMS, [], ITEMS, function () {
    return distinct(this);
  }),
  celMethod("reverse", ITEMS, [], ITEMS, function () {
    return [...this].toReversed() as CelInput[]; // safe: items of the list
  }),
  celMethod("slice", ITEMS, [CelScalar.INT, CelScalar.INT], ITEMS, function (from, to) {
    return slice(this, from, to);
  }),
  celMethod("flatten", ITEMS, [], ITEMS, function () {
    return flatten(this, 1n);
  }),
  celMethod("flatten", ITEMS, [CelScalar.INT], ITEMS, function (depth) {
    return flatten(this, depth);
  }),
  ...(["first", "last"] as const).map((name) =>
    celMethod(name, ITEMS, [], OPTIONAL, function () {
      const value = this.get(name === "first" ? 0 : this.size - 1);
      return toOptional(value === undefined ? null : { value });
    }),
  ),
];
