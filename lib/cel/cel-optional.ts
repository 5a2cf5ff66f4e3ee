import {
  type CelFunc,
  celFunc,
  type CelInput,
  type CelList,
  celMethod,
  CelScalar,
  type CelValue,
  isCelList,
  isCelMap,
  isCelUint,
  listType,
} from "@bufbuild/cel";
import { TEXT_MAP } from "./kept-value";
import { CHAINED_FIELD, CHAINED_INDEX } from "./expand-macros";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

/** What an optional value is inside an expression: a map of one key that no other map has. Two that hold the same are equal. */
const SOME = "@some";
const NONE = "@none";
export const OPTIONAL = TEXT_MAP;

const ITEMS = listType(CelScalar.DYN);

type Held<Value = CelValue> = { readonly value: Value } | null;

/** `held` = the value that it has, which may be null itself; null = it has none. */
export function toOptional(held: Held<CelValue | CelInput>): Map<string, CelInput> {
  return held === null ? new Map<string, CelInput>([[NONE, true]]) : new Map([[SOME, held.value as CelInput]]); // safe: every value can be put in
}

/** Throws for what is no optional value. */
function readOptional(value: unknown): Held {
  if (!isCelMap(value) || value.size !== 1) throw new Error("it asks a value that is always there whether it is");
  const held = value.get(SOME);
  if (held !== undefined) return { value: held };
  if (value.get(NONE) === undefined) throw new Error("it asks a value that is always there whether it is");
  return null;
}

/** The field or item of a map or list; null where it has none, and of what has no fields. Throws for an item of a list that is not counted. */
function find(of: unknown, key: unknown): Held {
  if (isCelMap(of)) {
    const found = of.get(key as string); // safe: any key may be asked for
    return found === undefined ? null : { value: found };
  }
  if (!isCelList(of)) return null;
  const index = typeof key === "bigint" ? Number(key) : isCelUint(key) ? Number(key.value) : key;
  if (typeof index !== "number") throw new Error("items of a list are counted");
  const found = Number.isInteger(index) && index >= 0 && index < of.size ? of.get(index) : undefined;
  return found === undefined ? null : { value: found };
}

function isZero(value: unknown): boolean {
  if (isCelList(value) || isCelMap(value)) return value.size === 0;
  if (value instanceof Uint8Array) return value.length === 0;
  return value === null || value === "" || value === 0n || value === 0 || value === false || (isCelUint(value) && value.value === 0n);
}

function heldValue(of: unknown): CelInput {
  const held = readOptional(of);
  if (held === null) throw new Error("it asks for the value of what is not there");
  return held.value as CelInput; // safe: as above
}

/** What is there of a list of values that may not be. */
function unwrap(list: CelList): CelInput[] {
  return [...list].flatMap((item) => {
    const held = readOptional(item);
    return held === null ? [] : [held.value as CelInput]; // safe: as above
  });
}

/** Optional types of CEL, as Kubernetes has them. */
export const OPTIONAL_FUNCTIONS: readonly CelFunc[] = [
  ...[OPTIONAL_FIELD, OPTIONAL_INDEX].map((name) =>
    celMethod(name, CelScalar.DYN, [CelScalar.DYN], OPTIONAL, function (key) {
      return toOptional(find(this, key));
    }),
  ),
  ...[CHAINED_FIELD, CHAINED_INDEX].map((name) =>
    celMethod(name, OPTIONAL, [CelScalar.DYN], OPTIONAL, function (key) {
      const held = readOptional(this);
      return toOptional(held && find(held.value, key));
    }),
  ),
  celFunc("optional.none", [], OPTIONAL, () => toOptional(null)),
  celFunc("optional.of", [CelScalar.DYN], OPTIONAL, (value) => toOptional({ value })),
  celFunc("optional.ofNonZeroValue", [CelScalar.DYN], OPTIONAL, (value) => toOptional(isZero(value) ? null : { value })),
  celFunc("optional.unwrap", [ITEMS], ITEMS, unwrap),
  celMethod("unwrapOpt", ITEMS, [], ITEMS, function () {
    return unwrap(this);
  }),
  celMethod("hasValue", OPTIONAL, [], CelScalar.BOOL, function () {
    return readOptional(this) !== null;
  }),
  celMethod("value", OPTIONAL, [], CelScalar.DYN, function () {
    return heldValue(this);
  }),
];
