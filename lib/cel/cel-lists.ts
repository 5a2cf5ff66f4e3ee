import { type CelFunc, type CelInput, celEnv, celMethod, CelScalar, isCelError, type CelList, listType, parse, plan } from "@bufbuild/cel";

const ITEMS = listType(CelScalar.DYN);

type Compute = ReturnType<typeof plan>;
const LESS = plan(celEnv(), parse("a < b"));
const SAME = plan(celEnv(), parse("a == b"));
// Texts and lists can be joined by +, but have no sum.
const ADD = plan(celEnv(), parse("type(a) in [string, bytes, list] ? 1 / 0 == 1 : a + b"));

/** By the operators of the language, so that what they cannot compare or add has no order and no sum. */
function compute(run: Compute, a: unknown, b: unknown, what: string): unknown {
  const answer = run({ a: a as CelInput, b: b as CelInput }); // safe: both are values of the language
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
];
